//! Where a long text is cut into documents, so that a reading system never has to lay out all of it at once.

use crate::document::{Block, plain_text};

/// A text up to this size stays in one document, in bytes.
const WHOLE: usize = 100_000;

/// From this size on the document ends at a heading of the highest level, at any heading, at any block. Old reading
/// systems give up on documents of 300 kB.
const AT_CHAPTER: usize = 8_000;
const AT_HEADING: usize = 120_000;
const AT_BLOCK: usize = 220_000;

/// Returns the blocks that begin a new document, in order.
pub(super) fn cuts(blocks: &[Block]) -> Vec<usize> {
    let sizes: Vec<usize> =
        blocks.iter().map(|block| plain_text(std::slice::from_ref(block)).len()).collect();
    if sizes.iter().sum::<usize>() <= WHOLE {
        return Vec::new();
    }
    let levels = |block: &Block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    };
    let highest = blocks.iter().filter_map(levels).min();
    let mut cuts = Vec::new();
    let mut length = 0;
    for (at, (block, size)) in blocks.iter().zip(&sizes).enumerate() {
        let level = levels(block);
        let follows_heading = at.checked_sub(1).is_some_and(|before| levels(&blocks[before]).is_some());
        let least = match level {
            Some(_) if level == highest => AT_CHAPTER,
            Some(_) => AT_HEADING,
            None => AT_BLOCK,
        };
        if length >= least && !follows_heading {
            cuts.push(at);
            length = 0;
        }
        length += size;
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Attributes, Inline};

    fn blocks(shape: &str) -> Vec<Block> {
        let text = |size: usize| vec![Inline::Text("x".repeat(size))];
        let block = |c: char| match c {
            '1'..='6' => {
                Block::Heading { level: c as u8 - b'0', content: text(4), attributes: Attributes::default() }
            }
            'p' => Block::Paragraph(text(1_000)),
            _ => Block::Paragraph(text(30_000)),
        };
        shape.chars().map(block).collect()
    }

    #[test]
    fn long_texts_are_cut_at_headings() {
        for (shape, expected) in [
            ("1p1p", vec![]),
            ("1PP1P", vec![]),
            ("1PPP1PPP", vec![4]),
            ("1PPP1PPP1P", vec![4, 8]),
            ("1p1p1PPPP1PP", vec![9]),
            ("2PPPP3P2P3P", vec![5, 7]),
            ("PPPPPPPPPP", vec![8]),
            ("1PPPPPPP12P", vec![8]),
        ] {
            assert_eq!(cuts(&blocks(shape)), expected, "{shape}");
        }
    }
}
