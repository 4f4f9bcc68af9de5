//! Notes without any sign: what printed the text lost their numbers, and only their order is left.
//!
//! > Harbour log, 1902. ↩
//! > The chart is lost. ↩
//! >
//! > ^ Harbour log, 1902.
//! > ^ a b The chart is lost.
//!
//! A page that is copied from a browser, or read for its words alone, has them: the numbers of its list are drawn by the
//! browser and stand nowhere in the text. They are notes if they end with an arrow or begin with a caret, or if they
//! are all that stands below a rule or a heading such as `Notes`, and there are as many as the signs in the text.
//! Left alone: everything else that has no sign.

use super::{Order, Shape};

/// What every such shape is.
pub(crate) const UNSIGNED: Shape = Shape {
    name: "unsigned-entry",
    opens: &[],
    labels: &[],
    closes: &[],
    space: false,
    pointers: &[],
    ends_with: None,
    order: Order::Counting,
};

/// Notes that are known by their place, or by the arrow at their end.
pub(crate) static UNSIGNED_ENTRY: Shape = UNSIGNED;

/// Notes that begin with a sign that leads back.
pub(crate) static POINTED_ENTRY: Shape = Shape { name: "pointed-entry", pointers: &["^"], ..UNSIGNED };
