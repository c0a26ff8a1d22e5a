//! What form a question has: whether something may be, what happens then, how many, may I, must I.
//!
//! Only the form, by the words at its front; what it is about is for `matching`. To add a form: a variant and its
//! pattern, most particular first.

use super::words::words;
use regex::Regex;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// How many, how large, what range.
    Extent,
    /// What if, what happens, what then is returned.
    Consequence,
    /// What comes out, in which shape.
    Product,
    /// One or the other, which one.
    Choice,
    /// Am I free to do this.
    Permission,
    /// Do I have to do this.
    Duty,
    /// Can this be, is this so.
    Fact,
    /// Who, where, when, why, which colour: hardly ever about what somebody prepared.
    Circumstance,
    Other,
}

/// The form of a question; of something else, [`Form::Other`].
pub fn form(question: &str) -> Form {
    let plain = words(question).join(" ");
    FORMS
        .iter()
        .find(|(_, pattern)| pattern.is_match(&plain))
        .map_or(Form::Other, |(form, _)| *form)
}

static FORMS: LazyLock<Vec<(Form, Regex)>> = LazyLock::new(|| {
    let form = |form, pattern: &str| (form, Regex::new(pattern).expect("a literal pattern"));
    vec![
        form(
            Form::Extent,
            r"\bhow (many|long|large|big|small|deep|high|low|huge|far|often|wide|much|precise|exact|accurate|fast|bright|heavy)\b|\b(maximum|minimum|max|min|biggest|largest|longest|smallest|highest|ranges?|bounds?|limits?|constraints|at most|up to|sizes?)\b",
        ),
        form(
            Form::Consequence,
            r"\bwhat (if|about|happens?|should happen|then)\b|\bhow about\b|\b(what|which) .*\b(if|when|for|in case|without|where)\b|\b(and|so|but) (if|when)\b|^(if|when|suppose|say)\b",
        ),
        form(
            Form::Product,
            r"\bwhat (\w+ ){0,3}(return\w*|give back|report|print|output|result|answer)\b|\bdo you (\w+ )?(want|need|expect)\b|\b(do|should|must|shall|need) (i|we|my \w+|it) (\w+ ){0,3}(return|report|print|output|tell|list|give|hand|show|say)\b|\b(return|output|result|answer)\b",
        ),
        form(
            Form::Permission,
            r"\b(can|may|could|might) (i|we|my)\b|\b(am i|are we|is it|would it be|is that) (\w+ )?(allowed|ok|okay|fine|alright|legal|permitted|acceptable)\b|\ballowed to\b|\bmind if\b|\bokay (if|to)\b|\bok (if|to)\b|\bfine (if|to)\b",
        ),
        form(Form::Choice, r"\bwhich\b|\b\w+ or (\w+ ){0,3}\w+$"),
        form(
            Form::Duty,
            r"\b(do|should|must|shall|need|does|would) (i|we|it|they|the|my)\b|\b(have|need|has|needs) to\b|\bam i supposed\b",
        ),
        form(
            Form::Circumstance,
            r"^(who|where|when|why|whose)\b|\b(what|which) (kind|colou?r|brand|time|year|town|language|font|name)\b",
        ),
        form(
            Form::Fact,
            r"\b(can|could|may|might|will|is|are|does|do|has|have|must|should|would|am)\b",
        ),
    ]
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_have_forms() {
        for (question, expected) in [
            ("uh how many shifts are there", Form::Extent),
            ("what if nothing is left?", Form::Consequence),
            ("Do I return the pair or its index?", Form::Product),
            ("may I sort it in place", Form::Permission),
            ("which one comes first", Form::Choice),
            ("Do I have to sort?", Form::Duty),
            ("who made these?", Form::Circumstance),
            ("is it balanced", Form::Fact),
            ("hm", Form::Other),
        ] {
            assert_eq!(form(question), expected, "{question}");
        }
    }
}
