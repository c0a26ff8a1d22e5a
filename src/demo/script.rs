//! The words and the code of the demo's candidate: asks and plans before writing, but hands out returned lockers in the
//! wrong order and never tests for it, so that the report has something to say on both sides.

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
    Say("Both examples pass."),
    Wait(60),
    Say(
        "Checking out puts the locker at the end of the list, and the next bag takes it from the front, \
         so every locker is used again.",
    ),
    Wait(45),
    Submit,
    Wait(40),
    Say(
        "If there were several desks I would keep one list for each and a common map from bag to desk and locker. \
         The trade-off is one more lookup for a single place to find a bag.",
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
