//! One line that tells what was done.

use crate::convert::Article;
use crate::diagnostic::Code;
use crate::ledger::Reason;

/// `ferry.txt: 4 notes linked; 1 promo line dropped; URLs of 4 notes are lost in the source`
pub(super) fn of(name: &str, article: &Article) -> String {
    let notes = article.document.notes.len();
    let count = |code: Code| article.diagnostics.iter().filter(|remark| remark.code == code).count();
    let dropped = |reason: Reason| article.ledger.dropped().filter(|&(_, found)| found == reason).count();
    let mut parts = vec![match notes {
        0 => "no notes found".to_owned(),
        count => format!("{} linked", some(count, "note")),
    }];
    let mut tell = |count: usize, text: String| {
        if count > 0 {
            parts.push(text);
        }
    };
    let links = dropped(Reason::LinkNote);
    tell(links, format!("{} read as links", some(links, "note")));
    let promo = dropped(Reason::Promo);
    tell(promo, format!("{} dropped", some(promo, "promo line")));
    let furniture = dropped(Reason::PageFurniture);
    tell(furniture, format!("{} dropped", some(furniture, "page line")));
    let dangling = count(Code::MarkerWithoutNote);
    tell(dangling, format!("{} without a note", some(dangling, "marker")));
    let orphans = count(Code::NoteWithoutMarker);
    tell(orphans, format!("{} that nothing cites", some(orphans, "note")));
    let lost = count(Code::LostUrl);
    tell(
        lost,
        match lost {
            1 => "the URL of 1 note is lost in the source".to_owned(),
            lost => format!("URLs of {lost} notes are lost in the source"),
        },
    );
    format!("{name}: {}", parts.join("; "))
}

/// `12 articles converted, 1 failed`
pub(super) fn of_all(converted: usize, failed: usize) -> String {
    let converted = some(converted, "article");
    match failed {
        0 => format!("{converted} converted"),
        failed => format!("{converted} converted, {failed} failed"),
    }
}

fn some(count: usize, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    }
}
