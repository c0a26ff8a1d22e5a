//! The candidate's code between two keyframes: what changed, in bytes, cut at character boundaries.
//!
//! A delta keeps `prefix` bytes from the front and `suffix` bytes from the back of what the code was and puts
//! `insert` between them. [`diff`] and [`patch`] are each other's inverse for any two texts.

/// What turns `old` into `new`: `(prefix, suffix, insert)`, the shortest such delta that cuts no character in two.
pub fn diff(old: &str, new: &str) -> (u32, u32, String) {
    let shorter = old.len().min(new.len());
    let mut prefix = common(old.bytes(), new.bytes(), shorter);
    while !(old.is_char_boundary(prefix) && new.is_char_boundary(prefix)) {
        prefix -= 1;
    }
    let mut suffix = common(old.bytes().rev(), new.bytes().rev(), shorter - prefix);
    while !(old.is_char_boundary(old.len() - suffix) && new.is_char_boundary(new.len() - suffix)) {
        suffix -= 1;
    }
    let insert = new[prefix..new.len() - suffix].to_owned();
    (prefix as u32, suffix as u32, insert)
}

/// `code` after the delta; `None` when the delta does not belong to this code (it overlaps itself, reaches past an
/// end, or cuts a character in two).
pub fn patch(code: &str, prefix: u32, suffix: u32, insert: &str) -> Option<String> {
    let (prefix, suffix) = (prefix as usize, suffix as usize);
    if prefix.checked_add(suffix)? > code.len() {
        return None;
    }
    let front = code.get(..prefix)?;
    let back = code.get(code.len() - suffix..)?;
    Some([front, insert, back].concat())
}

fn common(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>, most: usize) -> usize {
    a.zip(b).take(most).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_patch_undoes_a_diff(old: String, new: String) {
            let (prefix, suffix, insert) = diff(&old, &new);
            prop_assert_eq!(patch(&old, prefix, suffix, &insert), Some(new));
        }

        /// Letters whose UTF-8 bytes overlap, so that a byte-wise cut would land inside a character.
        #[test]
        fn characters_stay_whole(old in "[aáâ€₭𝄞𝄢]{0,12}", new in "[aáâ€₭𝄞𝄢]{0,12}") {
            let (prefix, suffix, insert) = diff(&old, &new);
            prop_assert!(insert.len() <= new.len());
            prop_assert_eq!(patch(&old, prefix, suffix, &insert), Some(new));
        }

        #[test]
        fn a_foreign_delta_never_panics(code: String, prefix: u32, suffix: u32, insert: String) {
            let _ = patch(&code, prefix, suffix, &insert);
        }
    }

    #[test]
    fn a_delta_is_as_short_as_the_change() {
        assert_eq!(diff("return 1", "return 12"), (8, 0, "2".into()));
        assert_eq!(diff("a = é", "a = è"), (4, 0, "è".into()));
        assert_eq!(diff("aaa", "aa"), (2, 0, String::new()));
        assert_eq!(patch("abc", 2, 2, ""), None);
        assert_eq!(patch("é", 1, 0, ""), None);
    }
}
