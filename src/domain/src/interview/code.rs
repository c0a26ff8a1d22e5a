//! The code between two keyframes, as the smallest single replacement that leads from one text to the next.

/// The replacement that turns `old` into `new`: keep `prefix` bytes from the front and `suffix` bytes from the
/// back of `old`, put `insert` between them. Cuts fall on character boundaries of both texts.
pub fn diff<'new>(old: &str, new: &'new str) -> (u32, u32, &'new str) {
    let mut prefix = old
        .bytes()
        .zip(new.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    while !old.is_char_boundary(prefix) || !new.is_char_boundary(prefix) {
        prefix -= 1;
    }
    let shorter = old.len().min(new.len()) - prefix;
    let mut suffix = old
        .bytes()
        .rev()
        .zip(new.bytes().rev())
        .take(shorter)
        .take_while(|(a, b)| a == b)
        .count();
    while !old.is_char_boundary(old.len() - suffix) || !new.is_char_boundary(new.len() - suffix) {
        suffix -= 1;
    }
    (
        prefix as u32,
        suffix as u32,
        &new[prefix..new.len() - suffix],
    )
}

/// Applies what [`diff`] found. `None` when it does not fit `old` (a damaged record).
pub fn patch(old: &str, prefix: u32, suffix: u32, insert: &str) -> Option<String> {
    let end = old.len().checked_sub(suffix as usize)?;
    let front = old.get(..prefix as usize)?;
    let back = old.get(end..)?;
    (front.len() <= end).then(|| [front, insert, back].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_patch_restores_the_new_text(old in "[aé😀\n]{0,12}", new in "[aé😀\n]{0,12}") {
            let (prefix, suffix, insert) = diff(&old, &new);
            prop_assert_eq!(patch(&old, prefix, suffix, insert), Some(new));
        }

        #[test]
        fn a_damaged_patch_is_no_panic(old: String, prefix: u32, suffix: u32, insert: String) {
            let _ = patch(&old, prefix, suffix, &insert);
        }
    }
}
