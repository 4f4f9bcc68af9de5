//! The JSON that we write against the schemas in `docs/schema/`.

use std::collections::BTreeSet;

use postil::document::{Attributes, Definition};
use postil::{Block, From, Inline, Options, To};
use serde_json::Value;

use crate::compare::{entries, repository};

/// Markdown with every kind of block and inline.
const EVERYTHING: &str = "---\ntitle: Ebb\nsubtitle: And flow\nauthor: Iona Vale\ndate: 2031-03-04\nupdated: 2031-03-05\n\
    lang: en\npublisher: The Log\nsource: https://harbour.example\ndescription: Tides.\ntags: [sea]\nrights: CC0\n\
    moon: full\n---\n\n# Neap\n\n*a* **b** ~~c~~ x<sup>2</sup> H<sub>2</sub>O `e` [f](#g \"h\") ![i](j \"k\") <b>l</b>[^m]\\\nn\n\n\
    - [x] o\n- p\n\n1. q\n\n> r\n\n```s\nt\n```\n\n| u | v |\n|:--|--:|\n| w | x |\n\n* * *\n\n<div>\n\n[^m]: y\n";

#[test]
fn documents_are_as_their_schema_says() {
    let schema = schema("document");
    let mut used = BTreeSet::new();
    let mut count = 0;
    let mut check = |json: &[u8]| {
        let document: Value = serde_json::from_slice(json).unwrap();
        assert_eq!(check(&schema, &schema, &document, "", &mut used), Ok(()), "{document:#}");
        count += 1;
    };
    let options = Options::default().from(From::Markdown);
    let mut everything = postil::read(EVERYTHING.as_bytes(), &options).unwrap().document;
    everything.blocks.extend(more());
    check(&postil::write(&everything, To::Json, &options).unwrap());
    for family in entries(&repository("tests/cases")) {
        for case in entries(&family) {
            for (name, from) in [("input.txt", From::Text), ("input.md", From::Markdown)] {
                let Ok(text) = std::fs::read(case.join(name)) else { continue };
                if let Ok(done) = postil::convert(&text, To::Json, &Options::default().from(from)) {
                    check(&done.output);
                }
            }
        }
    }
    assert!(count > 50, "{count} documents");
    let mut named = BTreeSet::new();
    collect_properties(&schema, &mut named);
    assert_eq!(used, named, "every property of the schema is met");
}

#[test]
fn reports_are_as_their_schema_says() {
    let folder = std::env::temp_dir().join(format!("postil-{}-reports", std::process::id()));
    let report = folder.join("report.json");
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_postil"))
        .args(["convert", "-q", "-o"])
        .arg(folder.join("out"))
        .arg("--report")
        .arg(&report)
        .arg(repository("tests/cases"))
        .status()
        .unwrap();
    assert!(done.code().is_some_and(|code| code != 2), "{done}");
    let schema = schema("report");
    let mut used = BTreeSet::new();
    let report: Value = serde_json::from_slice(&std::fs::read(&report).unwrap()).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(report["articles"].as_array().unwrap().len() > 200);
    assert_eq!(check(&schema, &schema, &report, "", &mut used), Ok(()));
    let mut named = BTreeSet::new();
    collect_properties(&schema, &mut named);
    assert_eq!(used, named, "every property of the schema is met");
}

/// The kinds of block and inline that only some dialects of Markdown have.
fn more() -> Vec<Block> {
    let words = || vec![Inline::Text("a".to_owned())];
    let attributes = Attributes {
        id: Some("b".to_owned()),
        classes: vec!["c".to_owned()],
        others: vec![("d".to_owned(), None)],
    };
    let definition = Definition { terms: vec![words()], meanings: vec![vec![Block::Paragraph(words())]] };
    vec![
        Block::Heading { level: 1, content: words(), attributes },
        Block::Alert { kind: "tip".to_owned(), title: words(), blocks: vec![Block::Verse(vec![words()])] },
        Block::Definitions(vec![definition]),
        Block::Paragraph(vec![
            Inline::Math { tex: "x".to_owned(), display: false },
            Inline::Wikilink { page: "e".to_owned(), content: words() },
        ]),
    ]
}

#[test]
fn schemas_refuse_what_differs() {
    let schema = schema("document");
    for (document, expected) in [
        (r#"{"version":1,"blocks":[],"notes":[],"metadata":{}}"#, Ok(())),
        (r#"{"version":2,"blocks":[],"notes":[],"metadata":{}}"#, Err("/version")),
        (r#"{"version":1,"blocks":[],"notes":[]}"#, Err("")),
        (r#"{"version":1,"blocks":["rule"],"notes":[],"metadata":{}}"#, Err("/blocks/0")),
        (
            r#"{"version":1,"blocks":[{"paragraph":[{"reference":-1}]}],"notes":[],"metadata":{}}"#,
            Err("/blocks/0"),
        ),
        (r#"{"version":1,"blocks":[],"notes":[],"metadata":{"colour":1}}"#, Err("/metadata")),
    ] {
        let value: Value = serde_json::from_str(document).unwrap();
        let checked = check(&schema, &schema, &value, "", &mut BTreeSet::new());
        assert_eq!(checked, expected.map_err(str::to_owned), "{document}");
    }
}

fn schema(name: &str) -> Value {
    let path = repository("docs/schema").join(format!("{name}.schema.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Collects the names of all properties that a schema knows.
fn collect_properties(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                names.extend(properties.keys().cloned());
            }
            object.values().for_each(|inner| collect_properties(inner, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_properties(item, names)),
        _ => {}
    }
}

/// Checks a value against the part of JSON Schema 2020-12 that our schemas use; the error is where it differs. Collects
/// the names of the properties that were met.
fn check(
    root: &Value,
    schema: &Value,
    value: &Value,
    at: &str,
    used: &mut BTreeSet<String>,
) -> Result<(), String> {
    let differs = || Err(at.to_owned());
    for (key, rule) in schema.as_object().unwrap() {
        let holds = match key.as_str() {
            "$ref" => {
                let target = root.pointer(rule.as_str().unwrap().strip_prefix('#').unwrap()).unwrap();
                check(root, target, value, at, used)?;
                true
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|kind| is_of_type(value, kind)),
                kind => is_of_type(value, kind),
            },
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "oneOf" => {
                let fits =
                    rule.as_array().unwrap().iter().filter(|one| check(root, one, value, at, used).is_ok());
                fits.count() == 1
            }
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
            "minProperties" => {
                value.as_object().is_none_or(|object| object.len() as u64 >= rule.as_u64().unwrap())
            }
            "maxProperties" => {
                value.as_object().is_none_or(|object| object.len() as u64 <= rule.as_u64().unwrap())
            }
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "required" => {
                rule.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some())
            }
            "additionalProperties" => value
                .as_object()
                .is_none_or(|object| object.keys().all(|name| schema["properties"].get(name).is_some())),
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(member) = value.get(name) {
                        used.insert(name.clone());
                        check(root, rule, member, &format!("{at}/{name}"), used)?;
                    }
                }
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, item, &format!("{at}/{index}"), used)?;
                }
                true
            }
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            other => panic!("no schema uses {other:?} yet"),
        };
        if !holds {
            return differs();
        }
    }
    Ok(())
}

fn is_of_type(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("no schema uses the type {other:?} yet"),
    }
}
