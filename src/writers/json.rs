//! JSON: the document as data, after `docs/schema/document.schema.json`.

use serde::Serialize;

use crate::document::Document;

/// The version of the form. A field that is added keeps it, everything else raises it.
const VERSION: u32 = 1;

/// The document with the version of its form.
#[derive(Serialize)]
struct Versioned<'d> {
    version: u32,
    #[serde(flatten)]
    document: &'d Document,
}

/// Writes a document as JSON.
pub(crate) fn write(document: &Document) -> String {
    let versioned = Versioned { version: VERSION, document };
    let mut json = serde_json::to_string_pretty(&versioned).expect("the keys of a document are strings");
    json.push('\n');
    json
}
