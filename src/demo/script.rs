//! The words and the code of the demo's candidate: asks before writing, slips once, finds the slip by a failing case,
//! explains, tests late.

use super::Step::{self, Code, Run, Say, Submit, Wait};

pub const PROBLEM: &str = "left-luggage";

pub const STEPS: &[Step] = &[
    Wait(35),
    Say("Thanks. What do I return when every locker is taken?"),
    Wait(40),
    Say("And if a bag is checked in that is already here?"),
    Wait(45),
    Say(
        "My plan is a dictionary from the bag to its locker, so that find is one lookup, and a list of free lockers. \
         When a bag is checked out its locker goes back into the list, and check in takes the next one from it. \
         I would not fill the list with a million numbers at the start but count up the lockers that were never used.",
    ),
    Wait(60),
    Say("Each call should then be constant time, and memory grows with the number of bags."),
    Wait(30),
    Code(FRAME),
    Wait(150),
    Code(FIFO),
    Wait(20),
    Run,
    Wait(25),
    Say(
        "The examples pass. Let me think about lockers that come back in another order than they were given out.",
    ),
    Wait(50),
    Say(
        "With two free lockers my list hands out the one that was returned first, not the lowest. For example if locker 3 and \
         then locker 1 are freed, the next bag must get 1. So I need a heap instead of a list.",
    ),
    Wait(40),
    Code(HEAP),
    Wait(20),
    Run,
    Wait(30),
    Say(
        "Now check in and check out are O(log n) because of the heap, find stays constant, and memory is O(n) in the number of bags and \
         returned lockers.",
    ),
    Wait(45),
    Say(
        "I would also test a desk with a single locker, checking out twice, and checking in the same bag again after it left.",
    ),
    Wait(40),
    Submit,
    Wait(50),
    Say(
        "If there were several desks I would keep one heap for each and a common map from bag to desk and locker. The trade-off is that the \
         heap costs a logarithm where an ordered set would also let me take out any free locker.",
    ),
    Wait(40),
];

const FRAME: &str = "\
class LuggageDesk:
    def __init__(self, lockers):
        self.lockers = lockers
        self.place = {}      # bag -> locker
        self.returned = []   # lockers that were given back
        self.unused = 1      # lowest locker that was never used

    def check_in(self, bag):
        pass

    def check_out(self, bag):
        pass

    def find(self, bag):
        return self.place.get(bag, -1)
";

const FIFO: &str = "\
class LuggageDesk:
    def __init__(self, lockers):
        self.lockers = lockers
        self.place = {}      # bag -> locker
        self.returned = []   # lockers that were given back
        self.unused = 1      # lowest locker that was never used

    def check_in(self, bag):
        if bag in self.place:
            return self.place[bag]
        if self.returned:
            locker = self.returned.pop(0)
        elif self.unused <= self.lockers:
            locker = self.unused
            self.unused += 1
        else:
            return -1
        self.place[bag] = locker
        return locker

    def check_out(self, bag):
        if bag not in self.place:
            return -1
        locker = self.place.pop(bag)
        self.returned.append(locker)
        return locker

    def find(self, bag):
        return self.place.get(bag, -1)
";

const HEAP: &str = "\
import heapq


class LuggageDesk:
    def __init__(self, lockers):
        self.lockers = lockers
        self.place = {}      # bag -> locker
        self.returned = []   # min-heap of lockers that were given back
        self.unused = 1      # lowest locker that was never used

    def check_in(self, bag):
        if bag in self.place:
            return self.place[bag]
        if self.returned:
            locker = heapq.heappop(self.returned)
        elif self.unused <= self.lockers:
            locker = self.unused
            self.unused += 1
        else:
            return -1
        self.place[bag] = locker
        return locker

    def check_out(self, bag):
        if bag not in self.place:
            return -1
        locker = self.place.pop(bag)
        heapq.heappush(self.returned, locker)
        return locker

    def find(self, bag):
        return self.place.get(bag, -1)
";
