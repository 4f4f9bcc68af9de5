//! Placeholder: every line is a paragraph.
use crate::{options::*,sheet::*,findings::*,document::*,ledger::*,diagnostic::*};
pub(crate) fn build(s: &mut Sheet, _f: Findings, _o: &Options) -> (Document, Ledger, Vec<Diagnostic>) {
    let blocks = s.text.lines().filter(|l| !l.trim().is_empty()).map(|l| Block::Paragraph(vec![Inline::Text(l.trim().to_owned())])).collect();
    (Document{blocks, ..Document::default()}, Ledger::default(), vec![]) }
