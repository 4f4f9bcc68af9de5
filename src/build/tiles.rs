//! Claims in the order of the text, without overlaps.

use crate::findings::Claim;

/// Sorts claims; of two that overlap the one made first stays, because detectors run from the surest to the least.
pub(super) fn tiles(claims: Vec<Claim>) -> Vec<Claim> {
    let mut numbered: Vec<(usize, Claim)> = claims.into_iter().enumerate().collect();
    numbered.sort_by_key(|(number, claim)| (claim.span.start, *number));
    let mut tiles: Vec<(usize, Claim)> = Vec::with_capacity(numbered.len());
    for (number, claim) in numbered {
        while tiles.last().is_some_and(|(before, last)| last.span.end > claim.span.start && *before > number)
        {
            tiles.pop();
        }
        if tiles.last().is_none_or(|(_, last)| last.span.end <= claim.span.start) {
            tiles.push((number, claim));
        }
    }
    tiles.into_iter().map(|(_, claim)| claim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Fate;
    use crate::source::Span;

    #[test]
    fn the_claim_made_first_stays() {
        let claim = |start, end| Claim { span: Span { start, end }, fate: Fate::Layout, rule: "" };
        for (claims, expected) in [
            (vec![(4, 6), (0, 2)], vec![(0, 2), (4, 6)]),
            (vec![(2, 6), (0, 3)], vec![(2, 6)]),
            (vec![(0, 3), (2, 6)], vec![(0, 3)]),
            (vec![(0, 3), (3, 6)], vec![(0, 3), (3, 6)]),
            (vec![], vec![]),
        ] {
            let made = claims.iter().map(|&(start, end)| claim(start, end)).collect();
            let kept: Vec<_> = tiles(made).iter().map(|claim| (claim.span.start, claim.span.end)).collect();
            assert_eq!(kept, expected, "from {claims:?}");
        }
    }
}
