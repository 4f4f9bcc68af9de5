//! What the command tells the shell.

use crate::error::Error;

/// The exit codes of the command. Of several the highest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// Done; a reader that closed the pipe early counts as well.
    Done = 0,
    /// There are remarks, and `--strict` was given.
    Remarks = 1,
    /// The arguments make no sense together.
    Usage = 2,
    /// An input can't be read or decoded.
    Input = 3,
    /// An output can't be written.
    Output = 4,
    /// An input is larger than a limit.
    Limit = 5,
    /// The program is wrong.
    Bug = 70,
}

impl From<&Error> for Exit {
    fn from(error: &Error) -> Self {
        match error {
            Error::Article { reason, .. } => Self::from(&**reason),
            Error::UnknownEncoding { .. } => Self::Usage,
            Error::Read { .. }
            | Error::Encoding { .. }
            | Error::Binary { .. }
            | Error::Cover { .. }
            | Error::List { .. }
            | Error::Config { .. }
            | Error::Theme { .. }
            | Error::Site { .. }
            | Error::FrontMatter { .. } => Self::Input,
            Error::Write { .. } => Self::Output,
            Error::TooLong { .. } | Error::Limit { .. } => Self::Limit,
            Error::Template { .. } | Error::Pack { .. } => Self::Bug,
        }
    }
}
