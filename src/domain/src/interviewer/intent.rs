//! What kind of thing a candidate just said: a question, a plan, a claim about complexity, a cry for help.
//!
//! Patterns over plain words, checked in the order of what would be worst to miss. It does not answer anything
//! (`matching` finds answers). To add a kind: a variant, its pattern, its place in [`intent`], a line in the
//! development corpus.

use super::words::words;
use regex::Regex;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Intent {
    Question,
    /// "Does that work?", "should I use a heap?": a judgement is asked for, and not given.
    SeeksApproval,
    Approach,
    /// A claim about time or space.
    Complexity,
    HintWanted,
    RepeatWanted,
    /// Wants the solution itself.
    SolutionWanted,
    /// Tries to talk the interviewer out of its role.
    Injection,
    Done,
    Thinking,
    Greeting,
    Thanks,
    Yes,
    No,
    /// "Will do", "I wrote a test for that": nothing that needs an answer.
    Remark,
}

/// Splits an utterance into what can be judged on its own: sentences, of which questions stay whole.
pub fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut sentence = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        sentence.push(character);
        let ends = matches!(character, '?' | '!' | '\n')
            || (character == '.' && characters.peek().is_none_or(|next| next.is_whitespace()));
        if ends && !characters.peek().is_some_and(|next| "?!.".contains(*next)) {
            sentences.push(std::mem::take(&mut sentence));
        }
    }
    sentences.push(sentence);
    sentences.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    sentences.truncate(SENTENCES_MAX);
    sentences
}

/// Of a very long speech only so many sentences are looked at.
const SENTENCES_MAX: usize = 24;

/// What one sentence is.
pub fn intent(sentence: &str) -> Intent {
    let all = words(sentence);
    let plain = all.join(" ");
    let bare = without_fillers(&all);
    let count = all.len();
    let asks = sentence.trim_end().ends_with('?');
    if INJECTION.is_match(&plain) {
        return Intent::Injection;
    }
    if SOLUTION.is_match(&plain) && !OWN_SOLUTION.is_match(&plain) {
        return Intent::SolutionWanted;
    }
    if REPEAT.is_match(&plain) {
        return Intent::RepeatWanted;
    }
    if HINT.is_match(&plain) && !NO_HINT.is_match(&plain) {
        return Intent::HintWanted;
    }
    if HOW_ARE_YOU.is_match(&plain) && count <= 10 || GREETING.is_match(&plain) && count <= 5 {
        return Intent::Greeting;
    }
    if THANKS.is_match(&plain) && count <= 7 && !asks {
        return Intent::Thanks;
    }
    if THINKING.is_match(&bare) && !asks {
        return Intent::Thinking;
    }
    if count <= 6 && YES.is_match(&plain) && !(asks && count > 1) {
        return Intent::Yes;
    }
    if count <= 6 && NO.is_match(&plain) && !asks {
        return Intent::No;
    }
    if APPROVAL.is_match(&plain) && (asks || is_question(&bare, false)) {
        return Intent::SeeksApproval;
    }
    if DONE.is_match(&plain) && !asks {
        return Intent::Done;
    }
    let planned = PLAN.is_match(&bare);
    let vocabulary = VOCABULARY.find_iter(&plain).count();
    if is_question(&bare, false) {
        return Intent::Question;
    }
    if planned && vocabulary >= 1 {
        return if asks {
            Intent::SeeksApproval
        } else {
            Intent::Approach
        };
    }
    if asks {
        return Intent::Question;
    }
    if COMPLEXITY.is_match(&plain) {
        return Intent::Complexity;
    }
    if vocabulary >= 2 && count >= 8 {
        return Intent::Approach;
    }
    Intent::Remark
}

/// Whether a sentence is about what the candidate means to do, rather than about the problem.
pub fn is_plan(sentence: &str) -> bool {
    let all = words(sentence);
    let bare = without_fillers(&all);
    (PLAN.is_match(&bare) || HOW_ABOUT_I.is_match(&bare)) && !ASSUMES.is_match(&bare)
}

/// Whether a complexity is named anywhere in a text.
pub fn names_complexity(text: &str) -> bool {
    COMPLEXITY.is_match(&words(text).join(" "))
}

fn is_question(bare: &str, asks: bool) -> bool {
    asks || EMBEDDED.is_match(bare) || (QUESTION.is_match(bare) && !NOT_A_QUESTION.is_match(bare))
}

/// Drops "okay so um" from the front.
fn without_fillers(all: &[String]) -> String {
    const FILLERS: &[&str] = &[
        "ok",
        "okay",
        "so",
        "and",
        "but",
        "well",
        "um",
        "uh",
        "hmm",
        "hm",
        "also",
        "just",
        "quick",
        "question",
        "actually",
        "sorry",
        "hey",
        "hi",
        "hello",
        "alright",
        "right",
        "then",
        "maybe",
        "wait",
        "oh",
        "now",
        "great",
        "thanks",
        "cool",
        "sure",
        "yes",
        "no",
        "please",
        "one",
        "more",
        "another",
        "thing",
        "cheers",
        "um",
        "er",
        "ah",
        "got",
        "it",
        "yeah",
        "finally",
        "basically",
        "roughly",
        "approximately",
        "like",
        "quickly",
        "say",
        "again",
        "still",
        "uhm",
        "erm",
        "mhm",
        "anyway",
    ];
    // "No duplicates then" must not lose its "no": only whole openings are dropped, and never all of it.
    let start = all
        .iter()
        .position(|word| !FILLERS.contains(&word.as_str()))
        .unwrap_or(0);
    let kept = all[start..].join(" ");
    if QUESTION.is_match(&kept)
        || start == 0
        || PLAN.is_match(&kept)
        || THINKING.is_match(&kept)
        || EMBEDDED.is_match(&kept)
    {
        kept
    } else {
        all.join(" ")
    }
}

macro_rules! patterns {
    ($($name:ident = $pattern:literal;)*) => {
        $(static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new(concat!("(?x)", $pattern)).expect("the pattern is a literal that the tests compile"));)*
    };
}

patterns! {
    INJECTION = r"\b(ignore|disregard|forget|override|bypass)\b.{0,30}\b(instructions?|rules?|prompt|previous|guidelines|above|told)\b | \b(system|initial|secret)\ prompt\b
        | \byou\ are\ (now|no\ longer)\b | \b(pretend|act\ as|roleplay|role\ play)\b.{0,30}\b(you|assistant|expert|engineer|developer|teacher|chat)\b | \bjailbreak | \bdeveloper\ mode\b | \bnew\ instructions\b
        | \b(score|rate|grade|give|pass|hire|recommend)\ me\b.{0,25}\b(perfect|high(est)?|full|10|ten|strong\ yes|top|maximum|pass)\b | \bprint\ your\ (prompt|instructions)\b | \breveal\b.{0,20}\b(prompt|instructions|tests?|cases?|answer|solution)\b";
    SOLUTION = r"\b(give|tell|show|send|write|paste|hand|provide|explain)\ (it\ )?(to\ )?me\b.{0,40}\b(solution|answer|code|algorithm|implementation|optimal\ approach|right\ approach|best\ approach|how\ to\ solve|how\ to\ do)\b
        | \b(can|could|would|will)\ you\ (please\ |just\ |maybe\ |also\ )*(solve|implement|code|write|do|finish|program)\ (it|this|that|the\ (problem|code|function|solution|rest|task|whole))\b
        | \b(just|please)\ (solve|implement|code|write|finish)\ (it|this|the\ (problem|code|function|solution|rest))\b | \bwrite\ (it|this|the\ (code|function|solution))\ for\ me\b | \bdo\ it\ for\ me\b
        | \bwhat\ is\ the\ (solution|answer|trick|optimal\ (solution|approach|algorithm)|best\ (solution|approach|algorithm)|right\ (solution|approach|algorithm)|correct\ (solution|answer|approach|algorithm))(\ (to|of|for)\ (this|it|the\ (problem|task|question)))?(\ here|\ please|\ then)?$
        | \bhow\ (would|do|should|can)\ (you|i|one|we)\ (solve|approach|implement|do|tackle)\ (it|this|that|the\ (problem|task|question))\b
        | \bwhat\ (approach|algorithm|data\ structure|technique|pattern)\ (should|do|would|must|can|shall)\ (i|you|we|one)\b | \bwhich\ (approach|algorithm|data\ structure|technique|pattern)\ (should|do|would|must|shall|is)\b
        | \b(give|show|tell|share|send)\b.{0,12}\bthe\ (full\ |complete\ |correct\ |final\ |whole\ |working\ |reference\ |model\ |sample\ )*(solution|answer|code)\b | \bi\ (just\ )?(want|need)\ the\ (solution|answer|code)\b";
    OWN_SOLUTION = r"\b(i|we)\ (will|would|can|could|am\ going\ to|want\ to|are\ going\ to)\ (now\ |then\ |just\ |first\ )*(give|tell|show|write|explain|walk|send|paste)\b | \b(my|our)\ (solution|answer|code|algorithm|approach)\b | \breturns?\ the\ answer\b | \bexample\b";
    REPEAT = r"\b(repeat|rephrase|restate|reword|paraphrase|reread)\ (that|this|it|yourself|what|your|the\ (question|problem|task|statement|last|assignment|exercise|whole))\b | \brepeat\ please\b | \b(say|explain|read|state|tell|describe|go\ over|go\ through|give|run|ask)\b.{0,50}\b(again|once\ more|one\ more\ time|a\ second\ time|another\ time|in\ other\ words|differently)\b
        | \bdid\ not\ (catch|hear|understand|get|follow)\ (that|the|you|it|what|all|any|everything|your)\b | \bwhat\ (was|is)\ the\ (question|problem|task)(\ again)?$ | \bpardon\b | \bcome\ again\b | \b(explain|describe|summari[sz]e|clarify)\ the\ (problem|question|task|whole|exercise)\b | \bwhat\ did\ you\ (just\ )?say\b | \bwhat\ do\ i\ have\ to\ do(\ again)?$ | \bwhat\ am\ i\ (supposed|meant)\ to\ do$
        | \bnot\ sure\ (that\ )?i\ understand\ the\ (problem|question|task)\b | \bdo\ not\ understand\ the\ (problem|question|task)\b";
    HINT = r"\bhints?\b | \bstuck\b | \bclues?\b | \bnudge\b | \bhelp\ me\b | \b(can|could|would|will)\ you\ (please\ )?help\b | \bneed\ (some\ |a\ little\ |a\ bit\ of\ |your\ )?(help|assistance|guidance)\b | \b(use|like)\ (some\ |a\ little\ |a\ bit\ of\ )?(help|guidance)\b | \bpoint\ me\b | \bpush\ (me\ )?in\ the\ right\b
        | \bno\ (idea|clue)(\ how|\ where|\ what|$) | \bdo\ not\ know\ (how|where)\ to\ (start|begin|proceed|continue|go|approach|solve|do)\b | \bi\ am\ (completely\ |totally\ |a\ bit\ )?lost\b | \bat\ a\ loss\b | \bnot\ sure\ (how|where)\ to\ (start|begin|proceed|continue|go|approach|solve)\b | \bwhere\ (should|do|would|could)\ i\ (even\ )?(start|begin)\b | \bgive\ me\ a\ (tip|pointer)\b | \bany\ (tips?|pointers?|suggestions?)(\ for\ me)?$ | \bhow\ (should|do|would|can)\ i\ (even\ )?(start|begin|proceed|get\ started)\b";
    NO_HINT = r"\b(no|without|not\ want|not\ need|not\ give)\b.{0,12}\b(hints?|help|clues?)\b | \bget\ stuck\b | \bhelps\ me\b";
    GREETING = r"^(hi|hello|hey|good\ (morning|afternoon|evening)|greetings)\b";
    HOW_ARE_YOU = r"\bhow\ are\ you\b | \bhow\ is\ it\ going\b | \bnice\ to\ meet\ you\b | \bhow\ do\ you\ do\b | \bhow\ is\ your\ day\b";
    THANKS = r"\b(thanks|thank\ you|cheers|appreciate\ (it|that))\b";
    THINKING = r"^let\ me\ (just\ )?(think|see|look|read|check|try|consider|have)\b | \bgive\ me\ (a|one|some|another|just)\ (few\ |second|minute|moment|sec|time|bit|couple|little) | ^(one|just\ a|a)\ (second|moment|minute|sec)\b | ^(hm+|um+|uh+|okay|ok|so|well|hmm+)$ | ^i\ am\ (still\ |just\ )?(thinking|reading|looking)\b | ^thinking\b | \bi\ need\ (a|some)\ (moment|time|minute|second)\b | ^hold\ on\b | ^wait(\ a\ (second|minute|moment))?$ | \bbear\ with\ me\b | \blet\ me\ think\b | \bneed\ to\ think\b | ^i\ wonder\ (if|whether)\ i\b";
    YES = r"^(yes|yeah|yep|yup|sure|ok|okay|right|correct|exactly|please|of\ course|got\ it|sounds\ good|makes\ sense|understood|i\ see|alright|great|cool|perfect|fine|good|go\ ahead|absolutely|definitely|all\ (clear|good)|clear|that\ is\ (clear|right|correct|it)|i\ do|i\ am\ ready|ready|will\ do|no\ questions?|no\ more\ questions?|that\ makes\ sense|i\ understand|it\ is\ clear)\b";
    NO = r"^(no|nope|nah|not\ really|not\ yet|i\ do\ not(\ have)?|never\ mind|nothing|none)\b";
    APPROVAL = r"^(how|what)\ (about|if)\ (i|we)\ (just\ |first\ |simply\ )*(start|sort|use|used|try|keep|loop|iterate|do|went|go|store|put\ (it|them|everything)|build|count|compare|move|slide|shrink|walk|scan|track|remember|precompute|cache|mark|recurse|reverse|push)\b | \b(right|correct|good|best|better|sensible|reasonable|valid|proper|okay|ok)\ (approach|idea|track|way|plan|choice|direction|solution|path|algorithm|data\ structure)\b | \b(does|do|would|will|should)\ (that|this|it|my\ \w+)\ (make\ sense|work|sound|look|seem|be\ (right|correct|okay|ok|fine|good|enough))\b | \b(is|are)\ (my|that|this|it)\ (\w+\ )?(right|correct|wrong|sound|okay|ok|fine|good)(\ so\ far|\ enough|\ now)?$ | \bam\ i\ (right|correct|wrong|close)\b | \bdo\ you\ (agree|like)\b | \bwhat\ do\ you\ think\b
        | \bright$ | \bcorrect$ | \b(should|would)\ (i|we)\ (rather\ |better\ )?(use|try|go\ with|choose|pick|take)\ (a|an|the|two|dynamic|recursion|binary|some|dfs|bfs|dp)\b | \bis\ (a|an|the|using\ \w*)\ [\w\ ]{2,25}\ (a\ good|the\ right|better|appropriate|a\ better|the\ best|overkill|needed|necessary|a\ sensible|enough)\b | \bwould\ (a|an|using|recursion|sorting|dp|dynamic|bfs|dfs|two)\b.{0,40}\b(work|help|better|be|do|suffice)\b";
    HOW_ABOUT_I = r"^(how|what)\ (about|if)\ (i|we)\b";
    ASSUMES = r"\b(assum\w+|expect|rely|presume|suppose|count\ on|take\ it|guess)\b";
    DONE = r"\bi\ (am|think\ i\ am|believe\ i\ am|guess\ i\ am|think\ we\ are)\ (done|finished|ready\ to\ submit|through)\b | \ball\ done\b | \bthat\ is\ (it|my\ solution|my\ final|all|everything)(\ for\ me|\ from\ me)?$ | ^(done|finished|completed)$ | \bi\ have\ (finished|completed|nothing\ (more|else))\b | \bit\ works(\ now)?$ | \bshould\ be\ (done|working|correct|finished)(\ now)?$ | \bready\ (to|for)\ (submit|review)\b | \bfinal\ (answer|solution|version)\b | \b(finished|done)\ (coding|implementing|writing|with\ (the|my)|it)\b | \ball\ (the\ )?tests\ pass\b";
    QUESTION = r"^((can|could|should|shall|may|might|must|will|would|does|do|is|are)\ \w+\ (\w+\ ){0,5}(be|have|contain|include|count|matter|appear|occur|allowed|possible|guaranteed|repeat|exist)\b | (can|could|may|might|should|shall|must|would|will|do|does|did|is|are|am|was|were|has|have)\ (i|we|you|the|it|there|a|an|this|that|these|those|they|my|your|all|any|some|two|one|every|each|input|inputs|values?|numbers?|elements?|strings?|letters|words|n|k|x|nodes?|edges?|keys?|empty|negative|duplicates?|only|spaces?|intervals?|ties|upper|lower|both|none|null|multiple|several|zero|not|same|items?|entries|names|people|someone|somebody|anything|everything|[a-z]+s)\b
        | (is|are|does|can|could|will|would|may|might|should|must)\ \w+\ \w+ | (what|how|which|why|who|where|whose)\b | when\ (should|do|does|is|are|can|will)\b | (any|are\ there)\ (constraints|limits|duplicates|chance|guarantee))";
    NOT_A_QUESTION = r"^(what|how|which|why|where|who)\ (i|we)\ (would|will|want|am|are|think|did|have|had|do|could|can|need|plan)\b | ^(what|which|how|why)\ (matters|follows|remains|means|is\ left|makes|helps)\b | ^which\ (means|makes|gives|is|would|will|leads|takes)\b | ^have\ (a|an|the|two)\b | ^(will|would|should|could|can|might|may|must)\ (be|do|work|have|also|just|then|probably|now|use|take|need|give|return|handle|run|go|get|come|still|only|never|not|always)\b
        | ^(is|are)\ (fine|okay|ok|good|done|correct|right|linear|quadratic|constant|enough|what|where|how|because|then|now|o\()\b | ^do\ (a|an|the|this|that)\b | ^(was|were|did)\ (a|the)\b";
    EMBEDDED = r"\bi\ (wonder|am\ wondering|was\ wondering|would\ like\ to\ (know|ask|clarify)|want\ to\ (know|ask|clarify|check)|need\ to\ know|am\ curious|am\ not\ sure\ (if|whether|what)|am\ unsure)\b | \b(can|may|should|could|shall)\ (i|we)\ (assume|expect|rely|presume|suppose|count\ on)\b | \b(what\ (if|about|happens)|how\ about)\b | ^(i|we)\ (assume|presume|take\ it|guess|suppose|am\ assuming)\b.{0,80}\b(right|correct|yes|no)$ | \bam\ i\ (allowed|right\ to\ assume|correct\ to\ assume|supposed)\b | \b(could|can|would)\ you\ (tell|clarify|confirm|explain|say)\b | \btell\ me\ (if|whether|what|how|about|more)\b | \bdo\ (i|we)\ (have|need)\ to\b | \bis\ it\ (possible|okay|ok|allowed|fine|guaranteed|safe)\b | \bquestion\ (is|about)\b
        | \bwhat\ (now|then)$ | .\b(what|which|where|how)\ (should|do|does|must)\ (i|we|you)\b | .\bwhat\ is\ the\ (result|answer|output)(\ then)?$";
    PLAN = r"\b(i|we)\ (would|will|could|can|am\ going\ to|are\ going\ to|plan|want\ to|think|thought|am\ thinking|might|need\ to|just|first|then|use|start|keep|sort|loop|iterate|go|walk|scan|traverse|push|store|track|count|compare|check|have\ to|was\ thinking|should|intend|propose|decided|try)\b | \bmy\ (first\ |initial\ )?(approach|idea|plan|solution|thought|algorithm|strategy|intuition)\b | \b(the|one|an|another)\ (\w+\ )?(idea|approach|plan|strategy|solution|option|way)\ (is|would|here|could|will)\b | ^let\ us\b | ^(first|start|use|using|loop|iterate|sort|go\ through|keep|then|for\ each|walk|scan|traverse|by)\b | \bwhat\ (i|we)\ (would|will|want|am)\b";
    VOCABULARY = r"\b(loops?|looping|iterat\w+|travers\w+|scan|walk|go\ (through|over)|pass\ over|(one|single|two)\ pass|hash\ ?(map|table|set)|hashmap|dictionar\w+|dict|map|set|sort\w*|pointers?|window|stack|queue|deque|heap|recurs\w+|dynamic\ programming|dp|memo\w*|bfs|dfs|breadth|depth|binary\ search|brute\ force|greedy|trie|union\ find|prefix|count\w*|compar\w+|stor(e|ing)|keep(ing)?\ track|track|swap\w*|divide|backtrack\w*|linked\ list|tree|graph|topological|xor|array|list|nested|check\w*|for\ (each|every)|running\ (sum|total|max|min\w*)|maximum|minimum|index|look\ ?up|complement|insert\w*|append\w*|push\w*|pop\w*|merge|merging|reverse|split\w*|string|buckets?|cache|accumulat\w+)\b";
    COMPLEXITY = r"o\([^)]*\) | \bbig-o\b | \bo\ of\ (n|one|1|log|m|k)\b | \blinear(ly|ithmic)?\b | \bquadratic\b | \bconstant\ (time|space|memory|extra)\b | \blogarithmic\b | \bn\ squared\b | \bn\ log\ n\b | \blog\ n\b | \bexponential\b | \bcubic\b | \bn\ cubed\b";
}
