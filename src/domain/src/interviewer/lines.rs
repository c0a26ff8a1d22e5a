//! The wordings. Each bank holds several lines for one purpose and each personality; a line is used once in an
//! interview and then never again, so a bank is also the bound on how often something is said.
//!
//! `{name}` style gaps are filled by whoever picks the line. To add a wording, add it: nothing counts on the order.
//! To add a purpose: a new constant, used in `interviewer.rs`.

use crate::interview::{Level, Personality};

/// Wordings for one purpose. When a personality's own are used up, `anyone`'s serve.
#[derive(Debug, Clone, Copy)]
pub struct Bank {
    pub supportive: &'static [&'static str],
    pub neutral: &'static [&'static str],
    pub challenging: &'static [&'static str],
    pub anyone: &'static [&'static str],
}

impl Bank {
    /// The personality's own wordings, then the common ones.
    pub fn of(&self, personality: Personality) -> [&'static [&'static str]; 2] {
        let own = match personality {
            Personality::Supportive => self.supportive,
            Personality::Neutral => self.neutral,
            Personality::Challenging => self.challenging,
        };
        [own, self.anyone]
    }
}

#[cfg(test)]
/// Every bank, for the tests that look for a wording used in two of them.
pub const ALL: &[(&str, &Bank)] = &[
    ("welcome", &WELCOME),
    ("invitation", &INVITATION),
    ("welcome back", &WELCOME_BACK),
    ("greeting", &GREETING),
    ("thanks", &THANKS),
    ("ask approach", &ASK_APPROACH),
    ("code before approach", &CODE_BEFORE_APPROACH),
    ("ask complexity", &ASK_COMPLEXITY),
    ("ask why", &ASK_WHY),
    ("ask to code", &ASK_TO_CODE),
    ("no judgement", &NO_JUDGEMENT),
    ("refuse solution", &REFUSE_SOLUTION),
    ("refuse injection", &REFUSE_INJECTION),
    ("acknowledge", &ACKNOWLEDGE),
    ("take your time", &TAKE_YOUR_TIME),
    ("offer hint", &OFFER_HINT),
    ("hint lead", &HINT_LEAD),
    ("hints used up", &HINTS_USED_UP),
    ("idle before code", &IDLE_BEFORE_CODE),
    ("idle in code", &IDLE_IN_CODE),
    ("idle syntax", &IDLE_SYNTAX),
    ("idle in test", &IDLE_IN_TEST),
    ("compile error", &COMPILE_ERROR),
    ("runtime error", &RUNTIME_ERROR),
    ("timeout", &TIMEOUT),
    ("memory", &MEMORY),
    ("output", &OUTPUT),
    ("case fails", &CASE_FAILS),
    ("case still fails", &CASE_STILL_FAILS),
    ("progress", &PROGRESS),
    ("all green", &ALL_GREEN),
    ("run first", &RUN_FIRST),
    ("still failing when done", &STILL_FAILING_WHEN_DONE),
    ("follow up lead", &FOLLOW_UP_LEAD),
    ("five minutes", &FIVE_MINUTES),
    ("one minute", &ONE_MINUTE),
    ("other warning", &MINUTES_LEFT),
    ("wrapped up", &WRAPPED_UP),
    ("closing", &CLOSING),
    ("reminder", &REMINDER),
    ("again", &AGAIN),
    ("do you mean", &DO_YOU_MEAN),
];

pub const WELCOME: Bank = Bank {
    supportive: &[
        "Hi{name}, good to have you here. Take it easy, we will work through this together.",
        "Welcome{name}! I am glad you are here. There is no trick in this one, just think along with me.",
        "Hello{name}, nice to meet you. Relax, ask whatever you like, and tell me what goes through your mind.",
    ],
    neutral: &[
        "Hello{name}, welcome. Let me describe today's problem.",
        "Hi{name}. Thanks for coming. Here is what we will work on.",
        "Good to meet you{name}. I will start with the problem.",
    ],
    challenging: &[
        "Hello{name}. Let us get straight to the problem.",
        "Hi{name}. We have a fair amount to cover, so here is the problem.",
        "Welcome{name}. I will describe the problem once; listen for what I leave out.",
    ],
    anyone: &[],
};

pub const INVITATION: Bank = Bank {
    supportive: &[
        "What would you like to know before you start? Any question is a good one.",
        "Have a look at the statement, and ask me anything that is unclear.",
        "Take a moment to read it. Which details should we clear up first?",
    ],
    neutral: &[
        "What questions do you have before we talk about an approach?",
        "Ask me about anything that is not clear, then tell me your approach.",
        "Which details would you like to clarify first?",
    ],
    challenging: &[
        "What do you need to know?",
        "Not everything is specified. What do you want to pin down?",
        "Before you plan anything: what is ambiguous here?",
    ],
    anyone: &[],
};

pub const WELCOME_BACK: Bank = Bank {
    supportive: &[
        "Welcome back! Everything is where you left it, just carry on.",
        "There you are again. Nothing is lost; pick up where you stopped.",
        "Good, we are connected again. No hurry, find your place first.",
    ],
    neutral: &[
        "Welcome back. Let us continue where we were.",
        "We are connected again. Please go on.",
        "You are back; your code is as you left it.",
    ],
    challenging: &[
        "You are back. Continue.",
        "Connected again. Where were you?",
        "Good. Go on from where you stopped.",
    ],
    anyone: &[
        "The connection is back.",
        "I can hear you again.",
        "Back again. Your work is all here.",
    ],
};

pub const GREETING: Bank = Bank {
    supportive: &[
        "Hi! I am well, thank you. Shall we look at what the problem leaves open?",
        "Hello! Lovely to meet you. What is your first impression of the problem?",
    ],
    neutral: &[
        "Hello. Have you had a look at the problem?",
        "Hi, I am fine, thanks. What are your first questions?",
    ],
    challenging: &[
        "Hello. What is your first question?",
        "Fine, thanks. Let us use the time: what do you make of the problem?",
    ],
    anyone: &[],
};

pub const THANKS: Bank = Bank {
    supportive: &["You are welcome!", "Any time.", "Happy to."],
    neutral: &["You are welcome.", "Sure."],
    challenging: &["Fine."],
    anyone: &[],
};

pub const ASK_APPROACH: Bank = Bank {
    supportive: &[
        "How would you go about it? A rough idea is plenty to begin with.",
        "Tell me your first idea, however simple it is.",
        "What comes to mind as a way to solve it? We can refine it afterwards.",
        "Think aloud for me: what would the steps be?",
    ],
    neutral: &[
        "How would you approach this?",
        "What is your approach, before you write code?",
        "Please outline the steps that you have in mind.",
        "Describe the algorithm in a few sentences first.",
    ],
    challenging: &[
        "What is your plan?",
        "Your approach, please, and why that one.",
        "Convince me of an approach before you write anything.",
        "Which alternatives did you consider, and which one do you choose?",
    ],
    anyone: &[],
};

pub const CODE_BEFORE_APPROACH: Bank = Bank {
    supportive: &[
        "I see that you are already writing. Could you tell me in a sentence what you are going for?",
        "Nice, you have begun. Help me follow: what is the idea behind it?",
    ],
    neutral: &[
        "You have started to code. What is the approach?",
        "Before it grows: which idea are you implementing?",
    ],
    challenging: &[
        "You are coding without having told me a plan. What is it?",
        "Code already? Name the approach first.",
    ],
    anyone: &[],
};

pub const ASK_COMPLEXITY: Bank = Bank {
    supportive: &[
        "Thanks, I can follow that. Roughly how much time and memory would it take as the input grows?",
        "Clearly explained. What do you think it costs, in time and in space?",
        "I see what you are after. How would it behave with a very large input?",
    ],
    neutral: &[
        "Understood. What are its time and space complexity?",
        "All right. What does that cost in time and in memory?",
        "I follow. How does the running time grow with the input?",
    ],
    challenging: &[
        "And its complexity, time and space?",
        "What does it cost in the worst case?",
        "Which input makes that slowest, and how slow is it?",
    ],
    anyone: &[],
};

pub const ASK_WHY: Bank = Bank {
    supportive: &[
        "How did you arrive at that?",
        "Can you show me which step that comes from?",
    ],
    neutral: &[
        "Which part of it dominates?",
        "How do you get to that figure?",
    ],
    challenging: &[
        "Prove it. Where exactly does that come from?",
        "Is that the worst case or the usual one? Justify it.",
        "Count the operations for me. Does the figure hold?",
    ],
    anyone: &[],
};

pub const ASK_TO_CODE: Bank = Bank {
    supportive: &[
        "That gives you something to work with. Go ahead and write it, I am here if you need me.",
        "Good, then put it into code whenever you feel ready.",
        "Let us see it in code. Talk to me while you write, if you like.",
    ],
    neutral: &[
        "All right. Please write the code.",
        "Go ahead and implement it.",
        "Then let us see it in code.",
    ],
    challenging: &[
        "Write it.",
        "Fine. Show me the code.",
        "Let us see whether it holds: implement it.",
    ],
    anyone: &[],
};

pub const NO_JUDGEMENT: Bank = Bank {
    supportive: &[
        "I would rather let you find out: try it on a small example and tell me what you see.",
        "You do not need my verdict. Which example would convince you?",
        "Trust your own check here: what happens with the smallest input you can think of?",
        "Let us test the thought instead of judging it. Where could it go wrong?",
    ],
    neutral: &[
        "I will leave that judgement to you. How would you verify it?",
        "What speaks for it, and what against it?",
        "I neither confirm nor deny it. Walk through an example.",
        "How could you convince yourself of that?",
        "Compare it with an alternative: what would you gain or lose?",
    ],
    challenging: &[
        "You tell me.",
        "I will not say. Argue for it.",
        "What would break it?",
        "If I said no, what would you change?",
        "Find a counterexample, or explain why there is none.",
    ],
    anyone: &["That is for you to decide.", "Your call; explain it to me."],
};

pub const REFUSE_SOLUTION: Bank = Bank {
    supportive: &[
        "I can not hand you the solution, but I can give you a hint if you ask for one.",
        "Solving it is your part, and you can do it. Shall I give you a small hint instead?",
        "If I solved it, you would have no practice. Tell me where you got to and we go on from there.",
        "The answer itself stays with me. What is the smallest step that you are sure of?",
    ],
    neutral: &[
        "I can not give you the solution. You may ask for a hint.",
        "The solution has to come from you. Where are you now?",
        "I will not solve it for you. A hint is available if you want one.",
        "That would defeat the purpose. What have you tried so far?",
    ],
    challenging: &[
        "No. The solution is your job.",
        "I do not give solutions. What is your own idea?",
        "That you have to work out. Ask for a hint, if you must.",
        "Not from me. Start with what you know.",
    ],
    anyone: &[
        "I keep the solution to myself.",
        "Still no solution from me; hints are what I have.",
    ],
};

pub const REFUSE_INJECTION: Bank = Bank {
    supportive: &[
        "I will stay your interviewer, if you do not mind. Back to the problem: what is your next step?",
        "Nice try! My role stays the same. Where shall we continue?",
    ],
    neutral: &[
        "I am here as your interviewer, and that does not change. Let us go on with the problem.",
        "My instructions are not up for discussion. Please continue with the problem.",
    ],
    challenging: &[
        "That does not work here. Back to the problem.",
        "Spend the cleverness on the problem, please.",
    ],
    anyone: &["I only conduct this interview.", "No. Let us continue."],
};

pub const ACKNOWLEDGE: Bank = Bank {
    supportive: &[
        "Good to know, go on.",
        "Thanks for telling me. Please continue.",
        "I follow you.",
        "That helps me to see your thinking.",
        "Mm-hm, carry on.",
        "I am with you.",
    ],
    neutral: &[
        "All right.",
        "I see.",
        "Understood, go on.",
        "Noted.",
        "Please continue.",
    ],
    challenging: &["Go on.", "And?", "Noted. Next."],
    anyone: &[],
};

pub const TAKE_YOUR_TIME: Bank = Bank {
    supportive: &[
        "Of course, take all the time you need.",
        "No rush at all.",
        "Sure, think in peace.",
    ],
    neutral: &["Take your time.", "Sure, go ahead and think."],
    challenging: &["Go ahead."],
    anyone: &[],
};

pub const OFFER_HINT: Bank = Bank {
    supportive: &[
        "This part is fiddly for many people. Would you like a small hint?",
        "Shall I give you a nudge? Just say yes.",
    ],
    neutral: &[
        "Would you like a hint?",
        "I can offer a hint if you want one.",
    ],
    challenging: &[
        "You seem to be stuck. Do you want a hint, or another minute?",
        "A hint is available. It will be noted.",
    ],
    anyone: &[],
};

/// Goes in front of a hint of the problem file.
pub const HINT_LEAD: Bank = Bank {
    supportive: &[
        "Gladly. ",
        "Here is a small nudge. ",
        "Let me point at something. ",
        "Perhaps this helps. ",
    ],
    neutral: &["A hint: ", "Consider this. ", "Here is one thought. "],
    challenging: &["One hint. ", "Think about this. ", "Very well. "],
    anyone: &[""],
};

pub const HINTS_USED_UP: Bank = Bank {
    supportive: &[
        "That was all I have in the way of hints. Go back to the smallest example and do it by hand, step by step.",
        "I have no further hints, but you have what you need. Explain to me what your code does with the first example.",
    ],
    neutral: &[
        "I have no more hints. Work the first example by hand and write down each step.",
        "The hints are used up. Which of them have you not used yet?",
    ],
    challenging: &[
        "There are no more hints. Use the ones you had.",
        "Nothing left to give. Trace your code by hand.",
    ],
    anyone: &[
        "No further hints, I am afraid.",
        "I am out of hints for this problem.",
    ],
};

pub const IDLE_BEFORE_CODE: Bank = Bank {
    supportive: &[
        "How is it going? Even half an idea is worth saying aloud.",
        "Would it help to do the first example by hand?",
        "What is the simplest thing that could possibly work?",
    ],
    neutral: &[
        "What are you thinking about?",
        "Where are you at the moment?",
        "Which part are you weighing up?",
    ],
    challenging: &[
        "What is holding you up?",
        "Talk to me. What have you ruled out?",
    ],
    anyone: &[],
};

pub const IDLE_IN_CODE: Bank = Bank {
    supportive: &[
        "How are you getting on? Tell me what the next line has to do.",
        "It may help to say aloud what you expect at this point.",
        "Is there something that we could sort out together?",
    ],
    neutral: &[
        "What is the next step?",
        "What are you looking at right now?",
        "Could you tell me what you are working on?",
    ],
    challenging: &["Where are you stuck?", "What is missing?"],
    anyone: &[],
};

pub const IDLE_SYNTAX: Bank = Bank {
    supportive: &[
        "Have a look around line {line}, something does not seem to be closed or finished there.",
        "Small thing: line {line} does not read as complete code yet.",
    ],
    neutral: &[
        "Line {line} does not parse at the moment.",
        "There is a syntax problem near line {line}.",
    ],
    challenging: &[
        "Does line {line} look right to you?",
        "Read what stands in line {line} again.",
    ],
    anyone: &[],
};

pub const IDLE_IN_TEST: Bank = Bank {
    supportive: &[
        "Is there an input that you would still like to try?",
        "Anything left that makes you a little nervous about it?",
    ],
    neutral: &[
        "Which other inputs would you test?",
        "What has not been tested yet?",
    ],
    challenging: &["What have you not tested?", "Would you ship it like that?"],
    anyone: &[],
};

pub const COMPILE_ERROR: Bank = Bank {
    supportive: &[
        "It does not compile yet, that happens. Have a look {where}.",
        "Just a syntax slip: check {where}.",
        "The compiler stumbles {where}. What does it expect there?",
        "Not running yet. I would read the code {where} once more.",
    ],
    neutral: &[
        "The code does not compile; the problem is {where}.",
        "There is a compile error {where}.",
        "It stops before it starts: look {where}.",
        "The parser objects {where}.",
    ],
    challenging: &[
        "That does not compile. Look {where}.",
        "Compile error {where}. Read before you run.",
        "Does it parse? Check {where}.",
        "Another look {where}, please.",
    ],
    anyone: &[],
};

pub const RUNTIME_ERROR: Bank = Bank {
    supportive: &[
        "The case {case} stops with {error} {where}. Which values do your variables have at that point?",
        "Something breaks {where}: {error}, in the case {case}. What is special about that input?",
        "For {case} I see {error} {where}. Try to follow the values up to there.",
        "{case} ends in {error} {where}. What did you assume about the input there?",
    ],
    neutral: &[
        "{case} raises {error} {where}. What happens there?",
        "There is {error} {where} when {case} runs. Which value causes it?",
        "The run stops in {case}: {error} {where}. Why?",
        "With {case} the code ends in {error} {where}. Which assumption fails?",
    ],
    challenging: &[
        "{error} in {case}, {where}. Explain it.",
        "{case} crashes {where} with {error}. Which assumption was wrong?",
        "You have {error} {where} for {case}. Could you have foreseen it?",
        "A crash in {case}: {error} {where}. What led to it?",
    ],
    anyone: &[],
};

pub const TIMEOUT: Bank = Bank {
    supportive: &[
        "{case} runs out of time. Does a loop end in every case, and how often does the inner part run?",
        "It takes too long for {case}. What does the work grow with?",
        "Time is up for {case}. Where does your code spend it?",
    ],
    neutral: &[
        "{case} exceeds the time limit. What is the complexity of your code?",
        "The time limit hits in {case}. How many steps does that input need?",
        "{case} does not finish in time. Does every loop make progress?",
    ],
    challenging: &[
        "{case} times out. What complexity did you say this had?",
        "Too slow for {case}, or it never ends. Which one?",
        "Time limit in {case}. Count the steps.",
    ],
    anyone: &[],
};

pub const MEMORY: Bank = Bank {
    supportive: &[
        "{case} needs more memory than there is. What do you keep that you could let go?",
        "The memory runs full in {case}. Which structure grows there?",
    ],
    neutral: &[
        "{case} hits the memory limit. What grows?",
        "Out of memory in {case}. How much space does your approach need?",
    ],
    challenging: &[
        "{case} exhausts the memory. What is your space complexity?",
        "You run out of memory in {case}. Why?",
    ],
    anyone: &[],
};

pub const OUTPUT: Bank = Bank {
    supportive: &[
        "{case} prints more than I can show. Could you take some of the prints out?",
        "There is a flood of output in {case}. Print a little less?",
    ],
    neutral: &[
        "{case} prints too much. Please reduce the output.",
        "The output limit was reached in {case}.",
    ],
    challenging: &[
        "{case} drowns in output. Print what you need.",
        "Too much printing in {case}.",
    ],
    anyone: &[],
};

pub const CASE_FAILS: Bank = Bank {
    supportive: &[
        "{tally} The one to look at is {case}. What would you expect there, and why?",
        "You are getting there: {tally} In {case}, what should come out?",
        "{tally} Let us take {case}. Walk me through what your code does with it.",
        "{tally} What is different about {case}, compared with the ones that work?",
        "{tally} Look at {case} with me: at which step does it leave the path you had in mind?",
    ],
    neutral: &[
        "{tally} {case} fails. What did you expect for it?",
        "{tally} Look at {case}: what should the result be, and what does your code do?",
        "{tally} Which property of {case} does the code not handle?",
        "{tally} Trace {case} by hand. Where does it differ?",
        "{tally} What does {case} ask for that the code does not do?",
    ],
    challenging: &[
        "{tally} {case} fails. Why?",
        "{tally} Explain what happens in {case}.",
        "{tally} Did you consider {case} when you planned this?",
        "{tally} {case}: bug in the idea or in the code?",
        "{tally} What would you have to believe for {case} to come out like that?",
    ],
    anyone: &[],
};

pub const CASE_STILL_FAILS: Bank = Bank {
    supportive: &[
        "{case} is still not right. Try it on paper, line by line.",
        "Still {case}. What did the last change alter for it?",
        "{case} again. Perhaps print the values in between?",
    ],
    neutral: &[
        "{case} still fails. What did your change do?",
        "The same case again, {case}. Follow one value through the code.",
        "Still {case}. Is the cause where you think it is?",
    ],
    challenging: &[
        "{case}, still. Are you guessing?",
        "Same failure in {case}. Stop and reason it through.",
        "{case} did not move. Why did you think it would?",
    ],
    anyone: &[],
};

pub const PROGRESS: Bank = Bank {
    supportive: &[
        "Better, {tally} What is left is {case}; what does it need?",
        "That change helped: {tally} Now {case}. What is special there?",
    ],
    neutral: &[
        "More pass now: {tally} What about {case}?",
        "Progress, {tally} {case} remains. What does it do differently?",
    ],
    challenging: &[
        "More pass, not all: {tally} {case}?",
        "Closer, {tally} {case} is open. What did you miss?",
    ],
    anyone: &[],
};

pub const ALL_GREEN: Bank = Bank {
    supportive: &[
        "All visible cases pass, well done. Which inputs would you add to be really sure?",
        "Everything I can show passes. Which edge would you test next?",
    ],
    neutral: &[
        "All visible cases pass. Which edge cases would you add?",
        "The examples pass. What else would you test?",
    ],
    challenging: &[
        "The examples pass. They are easy. What would break it?",
        "Green on the visible cases. Which input would you send to embarrass this code?",
    ],
    anyone: &[],
};

pub const RUN_FIRST: Bank = Bank {
    supportive: &[
        "Great. Run it once before we go on, so that we both see how it does.",
        "Let us see it work: could you run it?",
        "Have you run this version? I would like to look at the result with you.",
    ],
    neutral: &[
        "Please run it first.",
        "Have you run this version?",
        "How do you know? Run it, please.",
    ],
    challenging: &[
        "Show me that it works. Run it.",
        "Untested code is a guess. Run it.",
        "Done is when it passes. Run it.",
    ],
    anyone: &[],
};

pub const STILL_FAILING_WHEN_DONE: Bank = Bank {
    supportive: &[
        "There is one thing left: {case} does not pass. Do you want another go at it?",
        "Nearly. Would you look at {case} once more?",
    ],
    neutral: &[
        "{case} does not pass yet. Do you want to leave it like that?",
        "In the last run {case} failed. What is your explanation?",
    ],
    challenging: &[
        "Done? {case} fails, as far as I can see.",
        "Not while {case} fails. What is wrong?",
    ],
    anyone: &[],
};

/// Goes in front of a follow-up question.
pub const FOLLOW_UP_LEAD: Bank = Bank {
    supportive: &[
        "Thank you, that was clear. ",
        "Good, another thought. ",
        "I like to go one step further. ",
        "Thanks. ",
        "One more thing I am curious about. ",
    ],
    neutral: &[
        "Thank you. ",
        "Next question. ",
        "All right, moving on. ",
        "Another one. ",
        "Let us go on. ",
    ],
    challenging: &[
        "Next. ",
        "Now this. ",
        "Let us make it harder. ",
        "Moving on. ",
    ],
    anyone: &[""],
};

pub const FIVE_MINUTES: Bank = Bank {
    supportive: &["Just so that you know, there are five minutes left. {advice}"],
    neutral: &["Five minutes left. {advice}"],
    challenging: &["Five minutes. {advice}"],
    anyone: &["You have five minutes left. {advice}"],
};

pub const ONE_MINUTE: Bank = Bank {
    supportive: &["One minute to go. Finish the thought you are at, that is enough."],
    neutral: &["One minute left. Please bring it to a close."],
    challenging: &["One minute. Last words?"],
    anyone: &["There is one minute left."],
};

pub const MINUTES_LEFT: Bank = Bank {
    supportive: &["A quick look at the clock: {minutes} minutes left. You are fine."],
    neutral: &["{minutes} minutes left."],
    challenging: &["The clock says {minutes} minutes."],
    anyone: &[],
};

pub const WRAPPED_UP: Bank = Bank {
    supportive: &[
        "That is all I wanted to ask, thank you. Use the rest of the time as you like, or press End.",
        "I enjoyed that. From my side we are through; press End whenever you are ready.",
    ],
    neutral: &[
        "That is all from my side. You may polish the code, or press End.",
        "I have no more questions. Press End when you are ready.",
    ],
    challenging: &[
        "I have what I need. Improve the code or press End.",
        "No further questions. You may end it.",
    ],
    anyone: &[],
};

pub const CLOSING: Bank = Bank {
    supportive: &[
        "Thank you for the conversation. Your evaluation comes next; be kind to yourself when you read it.",
    ],
    neutral: &["Thank you for your time. The evaluation follows."],
    challenging: &["That is it. Read the evaluation carefully."],
    anyone: &["We are at the end. Thank you."],
};

/// Goes in front of an answer that was given before.
pub const REMINDER: Bank = Bank {
    supportive: &[
        "No problem, once more: ",
        "Happy to say it again. ",
        "As I said before, and it is worth repeating: ",
    ],
    neutral: &["To repeat: ", "As I said earlier: ", "Once more: "],
    challenging: &[
        "You asked that before. ",
        "For the second time: ",
        "I said it already: ",
    ],
    anyone: &["The same as before: ", "My answer has not changed. "],
};

/// Goes in front of the problem when it is told again.
pub const AGAIN: Bank = Bank {
    supportive: &["Of course. ", "Gladly, from the top. "],
    neutral: &["Sure, here it is again. ", "Once more, then. "],
    challenging: &["Again, then. ", "One last time. "],
    anyone: &["The statement says it as well. "],
};

pub const DO_YOU_MEAN: Bank = Bank {
    supportive: &[
        "Let me make sure that I get you right. Is this your question: {question}",
        "I want to answer the right thing. Do you mean: {question}",
        "Are you asking this: {question}",
    ],
    neutral: &[
        "Do you mean this: {question}",
        "Is your question the following: {question}",
        "To be precise, are you asking: {question}",
    ],
    challenging: &[
        "Be precise. Do you mean: {question}",
        "Which question is that: {question}",
        "Say it exactly. Is it: {question}",
    ],
    anyone: &[],
};

/// "I do not know" is put together from an opening and a way on, so that it can be said often without repeating itself.
pub const UNKNOWN: (&[&str], Bank) = (
    &[
        "I do not have an answer to that.",
        "My notes say nothing about that.",
        "I do not know, honestly.",
        "That is not specified.",
        "The problem leaves that open.",
        "I can not answer that one.",
        "Nothing is written down about that.",
    ],
    Bank {
        supportive: &[
            "Choose what seems sensible and tell me your assumption.",
            "Make an assumption that you are comfortable with and say it aloud.",
            "If it matters, try asking it in other words; otherwise decide for yourself.",
            "You are free to decide; just tell me what you assume.",
        ],
        neutral: &[
            "State an assumption and go on.",
            "Decide for yourself, and say what you assume.",
            "If I misunderstood you, ask it differently; otherwise assume something reasonable.",
            "It is left to you; name your assumption.",
        ],
        challenging: &[
            "Make an assumption and defend it.",
            "You decide. Say what you assume.",
            "Ask it more precisely, or choose.",
            "Assume something, and be ready to say why.",
        ],
        anyone: &[],
    },
);

/// For after the problem file's own follow-ups.
pub const GENERIC_FOLLOW_UPS: &[(&str, &str)] = &[
    (
        "complexity",
        "What are the time and space complexity of the code as it stands now?",
    ),
    (
        "testing",
        "If you had to hand this to a colleague, which tests would you write for it?",
    ),
    (
        "trade_off",
        "Which part of your solution would you trade away if memory were scarce?",
    ),
    (
        "extension",
        "If the input were a thousand times larger and came in pieces, what would you change?",
    ),
    (
        "trade_off",
        "What would you improve in this code if you had another hour?",
    ),
    (
        "testing",
        "How would you notice in production that this code gives a wrong result?",
    ),
];

/// What the level adds to the first request for an approach.
pub fn approach_tail(level: Level) -> &'static str {
    match level {
        Level::Junior => " It does not have to be the fastest one.",
        Level::Mid => "",
        Level::Senior => " Name the alternative that you reject, too.",
    }
}

/// What to do with the last five minutes.
pub fn advice(level: Level, green: bool, coded: bool) -> &'static str {
    match (green, coded, level) {
        (true, _, Level::Senior) => {
            "Tell me what you would still change before this goes to production."
        }
        (true, ..) => "Use them for edge cases and a last look at the code.",
        (false, true, Level::Junior) => "Aim for something that works for the first example.",
        (false, true, _) => "Get it to a state that runs, then tell me what is missing.",
        (false, false, _) => "Write down what you have, even if it is not complete.",
    }
}
