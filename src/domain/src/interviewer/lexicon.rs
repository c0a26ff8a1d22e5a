//! What words mean in interviews: the ones that say nothing, the ideas with the ways to say them, and everyday words
//! that stand for one another.
//!
//! Lists only; `words` and `matching` read them. To teach the interviewer a new way of saying something, add the phrase
//! to its line in [`IDEAS`]; a single everyday word goes into a line of [`SYNONYMS`].

pub const STOP: &str = "a an the this that these those i you we he she they it me my your our us them its their his her \
    is are am was were be been being do does did done doing has have had having can could may might must shall should will would \
    of to in on at by for with from as into onto about over and or but if then so than too very also just only not no yes \
    ok okay um uh hmm well actually please sorry hey hi hello there here what which who whom whose how when where why \
    s t d ll re ve m all any some each every both either neither such own same other more most much many few up down out off";

pub const FILLERS: &str = "possible possibly happen occur case input given give contain include inside suppose assume assuming assumption \
    guarantee guaranteed ever always sometimes sure question ask wonder wondering clarify clarification know tell mean want need like \
    think expect expected problem task consider handle support treat deal allow allowed get got let say said see look okay right \
    thing something anything way kind sort exactly really quick quickly maybe perhaps regarding concerning worry account supposed \
    legal present exist existing appear come might potentially able actual real situation scenario instance somehow press exactly definitely certain certainly properly simply supply supplied provided pass passed someone \
    correct confirm double check understand understanding concern care bother able going use using used make made take \
    first second one two another look worry work deal count situation where while add given find found take pick choose else whether still ever even again bit little own test tests data function method program code";

pub const THINGS: &str = "list array n k m number value element item string character char letter word text entry entries record object node \
    key sequence collection argument parameter grid matrix row column cell line tree graph edge data set map pair";

/// Ideas of interviews and the ways to say them. The stems of a phrase must stand side by side.
pub const IDEAS: &[(&str, &str)] = &[
    (
        "dup",
        "duplicate, duplicates, dupes, duplicated, repeated, repeats, repeat, repetition, repetitions, recurring, recur, same value, same values, same number, same numbers, \
        same element, same thing, have the same, has the same, having the same, share the same, weigh the same, identical, \
        , unique, distinct, uniqueness, appear again, show up again, all different, occur again, equal values, equal elements, equal numbers, \
        show up more than once, appear more than once, occur more than once, show up twice, appear twice, occur twice, appear several times, appear multiple times, occur multiple times, occur several times, come up twice, comes up twice, listed twice, listed two times, given twice, exist twice, several of the same, two of the same, equal ones, appear three times, more than once, occur often, come several times",
    ),
    (
        "twice",
        "twice, two times, more than once, multiple times, several times, many times, again, a second time, three times, four times, five times, more than one time, often",
    ),
    ("same", "the same, same, equal, identical, equally, equals"),
    (
        "tie",
        "tie, ties, tied, tie break, tiebreak, tie breaker, draw, equal, equally, same count, same score, same frequency, same length, same priority, \
        same distance, same time, same size, same amount, same sum, same rank, identical, have the same, share the same, are the same, more than one winner, joint",
    ),
    (
        "empty",
        "empty, nothing, contain no, contains no, has no, have no, there are no, are no, with no, hold no, holds no, get no, consist of no, no element, no elements, no items, no entries, no characters, no numbers, no values, no nodes, no words, no rows, no letters, length zero, \
        length 0, zero length, 0 length, size zero, size 0, zero size, zero elements, 0 elements, zero items, 0 items, zero entries, no data, blank input, no input, without any, \
        without elements, nothing in it, nothing at all, contain nothing, zero characters, zero nodes, zero words, n zero, n 0, nothing in, nothing on, not a single, no root, blank string, blank line, nobody comes, nobody, no one, without a, zero people, isn t any, not any, completely empty, not hold anything, nothing there",
    ),
    ("null", "null, none, nil, undefined, null pointer"),
    (
        "sign",
        "negative, negatives, below zero, less than zero, smaller than zero, under zero, below 0, less than 0, minus, positive, positives, nonnegative, non negative, \
        greater than zero, above zero, greater than 0, sign, signed, unsigned",
    ),
    ("zero", "zero, zeros, zeroes, 0"),
    (
        "sorted",
        "sorted, unsorted, presorted, ordered, unordered, in order, ascending, descending, increasing, decreasing, sort, in any order, any particular order, \
        in what order, order, ordering, monotonic, out of order, chronological, chronologically, shuffled, in sequence, what sequence, same sequence, whatever order, chronologic, rearrange, reorder, reordering, arranged, earliest first, smallest first, back to front",
    ),
    (
        "inplace",
        "in place, inplace, modify, mutate, mutated, mutating, modified, change the input, alter, extra space, mark in the, write into, edit the, additional space, extra memory, additional memory, \
        auxiliary, separate array, new array, new list, copy, make a copy, constant space, o(1) space, destroy, destructive, change the array, change the list, change the original, original array, \
        original list, tamper, touch the input, untouched, leave the input, preserve the input, mess up, messes up, mess with, rewire, overwrite the input, sort your list, relink, fresh list, build a new, create a new, reuse the nodes, edit the list, modify the input, modify the list, extra list, second list, change it",
    ),
    (
        "lettercase",
        "upper case, uppercase, lower case, lowercase, upper or lower, capital, capitals, capitalised, capitalized, capitalisation, capitalization, capitalized letters, case sensitive, case sensitivity, \
        case insensitive, case insensitively, letter case, case matter, case matters, mixed case, does case, ignore case, ignoring case, big letters, small letters",
    ),
    (
        "noanswer",
        "no answer, no solution, no valid, not found, nothing found, no such, impossible, does not exist, do not exist, not exist, none exist, no pair, no result, can not be done, \
        no match, nothing match, nothing matches, can not find, can not be found, not possible, always a solution, always an answer, always possible, always a valid, always one, \
        guaranteed solution, guaranteed to exist, guaranteed to be a solution, at least one answer, at least one solution, solution always, answer always, no one, nobody, none of them, always a way, always a path, always a pair, always be a, guarantee a solution, solution guarantee, answer guarantee, exist always, \
        not be reached, not reach, not get there, not get to, can not reach, unattainable, nothing fit, no way out, not achievable, not be made, not be formed, fail to find, no candidates, nobody qualifies, \
        no two, there is none, not reachable, never happens, unsolvable, without a solution, without an answer, no path, no way, nothing fits, solution exist, answer exist, nothing qualifies, no way to, nothing works, does not work out, no valid order, no arrangement, infeasible",
    ),
    (
        "manyanswers",
        "multiple answers, several answers, more than one answer, more than one solution, multiple solutions, several solutions, many solutions, more than one valid, multiple valid, \
        several valid, any of them, which one, more than one pair, multiple pairs, several pairs, exactly one, only one answer, only one solution, many answers, more than one way, \
        unique answer, unique solution, more than one result, several possible, multiple possible, different answers",
    ),
    (
        "size",
        "how long, how large, how big, how small, how many, size, sizes, maximum, minimum, max, min, upper bound, lower bound, upper limit, bounds, bound, range, ranges, large, huge, big, \
        scale, limit, limits, constraint, constraints, length, magnitude, biggest, largest, smallest, longest, order of magnitude, at the most, at most, how many, up to how many, worst case",
    ),
    (
        "clock",
        "how long do i have, how much time, time left, time remaining, minutes left, minutes do i have, time do i have, time do we have, remaining time, long is the interview, \
        long is this interview, long is the session, long is this session, long will this take, long does this take, long does the interview, when does it end, time is up, clock, how many minutes, long do we have, long have i got, minutes remain, on time, doing on time, how am i doing on time, minutes do i still, time do i still",
    ),
    (
        "numtype",
        "float, floats, floating point, decimal, decimals, fraction, fractions, fractional, non integer, real numbers, whole number, whole numbers, whole, half, halves, integer, integers, ints",
    ),
    (
        "overflow",
        "overflow, overflows, 32 bit, 64 bit, big integer, bigint, exceed 32, too large for",
    ),
    (
        "unicode",
        "unicode, ascii, emoji, emojis, utf, non english, english, accents, accented, umlaut, umlauts, foreign letters, other alphabets, non latin, latin, diacritics",
    ),
    (
        "punct",
        "punctuation, punctuation marks, special character, special characters, symbol, symbols, comma, commas, period, periods, full stop, full stops, exclamation, exclamation marks, \
        question marks, dots, quotes",
    ),
    (
        "alphabet",
        "alphabet, letters only, only letters, alphanumeric, non letter, non alphabetic, other characters, what characters, which characters, kind of characters, kinds of characters, only contain letters, alphabetic",
    ),
    (
        "digits",
        "digit, digits, numerals, numbers in the text, numbers in the string",
    ),
    (
        "hyphen",
        "hyphen, hyphens, hyphenated, dash, dashes, apostrophe, apostrophes",
    ),
    (
        "blank",
        "whitespace, white space, spaces, blank, blanks, tab, tabs, leading, trailing, space character, single space, space in, padding",
    ),
    (
        "cycle",
        "cycle, cycles, circular, cyclic, acyclic, loop back, point back, in a circle, ring, rings, go round, round in, wrap around, wraps around, wrap, three way",
    ),
    (
        "connected",
        "connected, disconnected, reachable, unreachable, isolated, island",
    ),
    (
        "directed",
        "directed, undirected, direction, directions, one way, both ways, bidirectional, two way, both directions",
    ),
    (
        "neighbour",
        "diagonal, diagonally, diagonals, adjacent, neighbour, neighbours, neighbor, neighbors, neighbouring, neighboring, sideways, eight directions, four directions, 4 connected, 8 connected, four connected, next to each other, touching",
    ),
    (
        "reuse",
        "reuse, reused, use the same, pick the same, take the same, choose the same, select the same, use one, pick one, take one, same element twice, same item twice, same item, used twice, use twice, used more than once, use it twice, pair with itself, paired with itself, itself, use an element, \
        same index twice, use one element, same one twice, use a number twice, with itself, again and again",
    ),
    (
        "inclusive",
        "inclusive, exclusive, inclusively, endpoint, endpoints, boundary, boundaries, overlap, overlaps, overlapping, touch, touches, half open, include the end, including the end",
    ),
    (
        "index",
        "index, indices, indexes, position, positions, zero based, one based, 0 based, 1 based, 0 indexed, 1 indexed, zero indexed, one indexed, start at zero, start at one, start counting, indexed, count from zero, start from zero, begin at zero, begin with zero, from zero, start with zero, starts at zero, first index, numbered from, counting from",
    ),
    (
        "valid",
        "invalid, malformed, illegal, bad input, not valid, valid, well formed, validate, validation, sanity check, garbage, ill formed, wrong input, broken input, corrupt, sanitize, \
        wrong type, defensive, incorrect input, trust the input, error checking, trust, well-formed, guard against, check the input, correct input, input is correct, sanitise, format is right",
    ),
    (
        "single",
        "single, one element, one item, one number, only one, just one, length one, length 1, size one, size 1, one entry, one character, one node, one cell, single cell, singleton, one value",
    ),
    (
        "return",
        "return, returns, returned, output, outputs, give back, hand back, produce, result, answer, come out, comes out, report, format, spit out, send back, get back, hand in",
    ),
    (
        "error",
        "throw, throws, raise, exception, exceptions, error, errors, crash, panic, fail, fails",
    ),
    (
        "missing",
        "miss, cache miss, missing, absent, not present, unknown, unknown key, is not there, do not have, does not have, not known, never put, never inserted, not stocked, key not, does not contain, not in the, never seen, not stored, unknown, not on the, does not exist, not exist, never set, never added, no entry, not there, has no value",
    ),
    (
        "exceeds",
        "larger than, bigger than, longer than, exceeds, exceed, more than the length, more than there are, fewer than, beyond, too big, too large, out of range, out of bounds, greater than, fewer, shorter than, less than there are, wider than, more than we have, more than there",
    ),
    (
        "shape",
        "rectangular, jagged, ragged, always square, square grid, square matrix, square or, uneven, as long as the, as wide as, different lengths, rows of, equal length, same width, unequal",
    ),
    (
        "contiguous",
        "contiguous, consecutive, consecutively, in a row, subsequence, substring, subarray, next to one another, back to back, gaps, gap, unbroken, follow each other, follow one another, one after another, after each other, spread over, spread out, next to each other, without a break, in one go",
    ),
    (
        "round",
        "round, rounding, rounded, truncate, floor, ceil, precision, precise, tolerance, exact, accurate, how exact, how precise, decimal places, digits after, number of digits, accuracy, significant digits",
    ),
    (
        "thread",
        "thread, threads, thread safe, concurrent, concurrency, concurrently, parallel, simultaneous, race",
    ),
    (
        "memory",
        "fit in memory, fits in memory, stream, streaming, on disk, memory limit, at once",
    ),
    (
        "existing",
        "overwrite, overwrites, replace, replaced, already present, already there, already exists, update, updates, updated, existing key, set again, put again",
    ),
    (
        "startend",
        "start with, end with, beginning, at the end, at the start, edges of, edge of, wrap around, wraps around, wraparound",
    ),
    (
        "speed",
        "efficient, efficiency, complexity, fast, performance, performant, big-o, runtime, running time, time limit, timeout, time complexity, space complexity, optimal, optimise, optimize, optimized, \
        quick enough, fast enough, quadratic, linear, o(1), o(n), constant time, how fast, logarithmic, too slow, slow, quick, constant, o(n^2), o(n2), n squared, n log n, o(log, cubic",
    ),
    (
        "library",
        "library, libraries, standard library, built in, builtin, built ins, builtins, import, imports, module, modules, package, packages, stdlib, collections, ordereddict, defaultdict, collections, numpy, heapq, bisect, functools, regex, regular expression, math module, pandas, itertools, counter, lodash, npm",
    ),
    (
        "language",
        "python, javascript, java, typescript, node, language, languages, version",
    ),
    (
        "pseudocode",
        "pseudocode, pseudo code, pseudo, plain words, plain english, in words first",
    ),
    (
        "brute",
        "brute force, bruteforce, naive, simple version, simplest, simple solution, straightforward, slow solution, slow version, unoptimized, not optimal, inefficient",
    ),
    (
        "run",
        "run, execute, running, executing, test my code, try my code, try it out, compile",
    ),
    (
        "helper",
        "helper, helpers, extra function, extra functions, additional function, additional functions, several functions, other functions, more functions, own class, rename, signature, function name, class name, private method, small method, own method, write a method, another method, helper method, extra method, several methods",
    ),
    (
        "web",
        "google, internet, look up, documentation, docs, search online, stack overflow, chatgpt, copilot, browser, online",
    ),
    (
        "notes",
        "notes, paper, whiteboard, comments, comment, draw, sketch",
    ),
    (
        "print",
        "print, prints, console.log, console log, logging, debug, debugging, debugger",
    ),
    (
        "score",
        "score, scored, scoring, graded, grading, evaluate, evaluated, evaluation, evaluating, judged, how am i doing, pass the interview, did i pass, rated, assess, assessed, feedback, being graded, my grade, how do i do, doing so far, criteria",
    ),
    (
        "machine",
        "a robot, a bot, a human, a person, an ai, ai, artificial, chatbot, language model, real person, human being, real human, who am i talking, who are you, computer",
    ),
    (
        "edgecase",
        "edge case, edge cases, corner case, corner cases, special case, special cases, tricky case, tricky cases",
    ),
    (
        "howmany",
        "how many, number of, max number, maximum number, largest number of, count of, amount of, how much",
    ),
    (
        "howlarge",
        "how large, how big, how high, how low, range, ranges, bounds, largest value, maximum value, smallest value, biggest value, what values, which values, what numbers, which numbers, possible values",
    ),
    ("howlong", "how long, maximum length, max length, length of"),
    (
        "aloud",
        "aloud, out loud, loud, talking, talk, say what i, say my, narrate, speak, speaking, silent, silence, quiet, quietly, mumble, explain what i am doing, explain my",
    ),
    (
        "cutoff",
        "time limit, timeout, time out, times out, timed out, killed, cut off, aborted, program be stopped, code be stopped, stopped if",
    ),
    (
        "submit",
        "submit, submitting, submission, hand it in, turn it in",
    ),
    (
        "midnight",
        "midnight, past midnight, next day, following day, overnight, over night, several days, 24 hours, 24 00",
    ),
    (
        "hidden",
        "hidden, hidden test, hidden tests, hidden case, hidden cases, secret, secret tests, can not see, not visible, invisible",
    ),
];

/// Everyday words that stand for one another when a question is laid beside a phrasing; a word may be in several lines.
/// Weaker than an idea: it never makes two questions the same, it only brings them nearer.
pub const SYNONYMS: &[&str] = &[
    "lose gone forget clear wipe cleared lost",
    "log record history logged",
    "include count included",
    "expect want like prefer",
    "tie equal draw candidate several",
    "loop scan iterate go through",
    "reject refuse invalid error",
    "parse read",
    "unfinished open unclosed",
    "tiny small short",
    "identical same",
    "dry empty",
    "begin start commence initial initially open opening onset",
    "end finish stop cease close terminate conclude ending last",
    "trade swap exchange barter switch",
    "people person somebody someone man woman guy human individual folk everybody everyone staff",
    "merge join combine unite glue connect fuse glued attach link",
    "split divide separate cut part",
    "remove delete drop discard erase take throw exclude",
    "add insert append put place attach glue",
    "keep retain remember store save preserve maintain hold",
    "hold contain include have carry",
    "show display appear occur turn come",
    "return give hand output report deliver yield produce print",
    "return back",
    "allow permit may let legal okay ok fine alright acceptable tolerate cheating option",
    "must need have require should necessary",
    "forbid prohibit disallow",
    "choose pick select take",
    "large big huge great long",
    "small little tiny short",
    "biggest largest highest greatest maximum max longest most top",
    "smallest lowest least minimum min shortest fewest",
    "high tall height",
    "deep depth height level levels tall",
    "wide width broad breadth",
    "far apart distance away",
    "near close nearby",
    "same equal identical alike equally similar",
    "different distinct differ unlike differing",
    "exact exactly precise precisely",
    "precise exact accurate precision accuracy decimal decimals digits",
    "empty blank nothing nobody zero",
    "missing absent lacking left",
    "many several multiple numerous more various",
    "once single one",
    "twice double two",
    "often frequently times",
    "always ever necessarily guaranteed",
    "order sequence arrangement ordering sorted lineup",
    "sorted ascending order ordered chronological increasing",
    "rearrange reorder sort permute shuffle reshuffle regroup",
    "change modify alter mutate edit adapt overwrite touch mess rewire",
    "copy duplicate clone",
    "new fresh another extra additional further",
    "existing given original old previous",
    "between inside within among middle",
    "inside within contain nested covered cover",
    "adjacent neighbour neighbouring next beside consecutive",
    "follow after succeed subsequent later",
    "before earlier precede prior preceding",
    "early earlier earliest first",
    "later behind after further",
    "row line succession sequence",
    "circle circular loop ring cycle wrap round",
    "circle ring",
    "cost price pay fee charge expense",
    "free zero",
    "full taken occupied filled busy",
    "room space capacity fit hold",
    "free available vacant unused empty",
    "enough sufficient suffice",
    "impossible unable infeasible unsolvable",
    "possible feasible",
    "return result answer",
    "answer solution result",
    "value number",
    "total sum overall altogether",
    "difference distance apart gap",
    "gap distance spacing",
    "position index place location spot indices positions",
    "place spot location position site",
    "piece part window bit chunk segment substring section cut",
    "window interval segment",
    "interval range period stretch shift",
    "overlap intersect cross disjoint collide share",
    "touch adjacent meet",
    "letter character char",
    "capital uppercase upper",
    "lowercase small lower",
    "string text",
    "word term",
    "leaf leaves bottom",
    "root top head",
    "child children",
    "mass weight grams heavy weigh",
    "heavy weight weigh heavier",
    "light lighter",
    "bright brightness",
    "remember history keep",
    "history past log",
    "undo revert back",
    "forecast prediction weather",
    "chance probability likelihood odds percent likely percentage percentages",
    "independent unrelated",
    "rain wet rainy",
    "group batch firing grouping together",
    "batch group",
    "fire firing burn",
    "reading measurement",
    "level height value",
    "turn change reversal",
    "locker box",
    "bag luggage suitcase item",
    "float wagon",
    "tune song music melody",
    "job task",
    "rule constraint dependency dependencies requirement",
    "depend dependency require",
    "contradict conflict inconsistent",
    "parallel simultaneously concurrently same",
    "rate speed flow",
    "tank container",
    "water liquid",
    "capacity overflow spill",
    "visitor person people guest somebody",
    "offer bring brings",
    "want wish look need",
    "kind type sort",
    "kind sort",
    "type kind",
    "trip path route way journey",
    "path route way",
    "spring root source start",
    "mouth leaf",
    "stretch node segment",
    "points score",
    "bracket parenthesis parentheses brace braces brackets paren parens",
    "curly brace",
    "nest nested nesting inside",
    "closing close closed",
    "bug mistake",
    "valid correct legal proper satisfy fulfil respect",
    "invalid malformed wrong incorrect bad garbage broken illegal",
    "trust rely assume sure guaranteed",
    "validate check verify guard",
    "blank space whitespace tab",
    "separate separated delimiter between",
    "skip ignore leave omit",
    "ignore disregard skip leave",
    "leave skip omit out",
    "use need consume care",
    "list array vector",
    "reuse again",
    "count number amount",
    "count matter",
    "matter important relevant role care influence affect",
    "mean meaning signify stand represent denote",
    "measure count compute calculate",
    "compute calculate",
    "round truncate",
    "limit bound maximum max cap restriction",
    "range bounds limit between",
    "whole integer integers int ints",
    "fraction decimal float",
    "negative minus below",
    "memory space ram storage",
    "fast efficient quick speed slow performance",
    "slow fast",
    "method function operation",
    "call invoke operation",
    "null none nil",
    "thread simultaneous concurrent simultaneously parallel",
    "name called",
    "stack pile",
    "list linked",
    "pointer link reference",
    "doubly backwards prev previous predecessor",
    "build create make construct allocate",
    "node element",
    "tie draw equal",
    "leftmost left first",
    "win wins prefer preferred",
    "prefer like want",
    "unique distinct single",
    "special particular specific",
    "spend cost",
    "go travel move walk",
    "move shift",
    "time duration",
    "duration long last length",
    "length long size",
    "minute time",
    "day daily",
    "hour time",
    "night overnight midnight",
    "morning early",
    "evening late",
];
