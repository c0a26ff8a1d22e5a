//! What everybody reads until the next change: the problems in order, found by name, by filter, by words and by
//! chance. Made whole and never changed, so that a reader sees one state of the library and no mixture.
//!
//! Counting and narrowing work on one bit for each problem, and a draw on lists that are ready beforehand: neither
//! walks over the problems. Not here: where problems come from (`folder.rs`), words and their forms (`index.rs`).
//!
//! A further facet: 1. its [`Bits`] in [`Shelf`], 2. its condition in [`Filter`], 3. its counts in [`Found`].

use super::{Filter, Found, Slice, index::Index};
use interviewd_domain::problem::{Difficulty, Problem};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

const DIFFICULTIES: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

pub(super) struct Shelf {
    /// In the order of lists: easy ones first, then by title.
    problems: Vec<Arc<Problem>>,
    positions: HashMap<String, u32>,
    all: Bits,
    difficulties: [Bits; 3],
    categories: BTreeMap<String, Bits>,
    /// What a draw without a category draws from: all, then by difficulty.
    pools: [Vec<u32>; 4],
    pools_by_category: HashMap<String, [Vec<u32>; 4]>,
    index: Index,
}

impl Shelf {
    pub fn of(problems: impl IntoIterator<Item = Arc<Problem>>) -> Shelf {
        let mut problems: Vec<_> = problems.into_iter().collect();
        problems.sort_by(|a, b| {
            (a.difficulty, &a.title, &a.slug).cmp(&(b.difficulty, &b.title, &b.slug))
        });
        let count = problems.len();
        let mut shelf = Shelf {
            positions: HashMap::with_capacity(count),
            all: Bits::none(count),
            difficulties: std::array::from_fn(|_| Bits::none(count)),
            categories: BTreeMap::new(),
            pools: Default::default(),
            pools_by_category: HashMap::new(),
            index: Index::build(&problems),
            problems: Vec::new(),
        };
        for (position, problem) in (0..).zip(&problems) {
            let difficulty = place(problem.difficulty);
            shelf.positions.insert(problem.slug.clone(), position);
            shelf.all.set(position);
            shelf.difficulties[difficulty].set(position);
            add(&mut shelf.pools, difficulty, position);
            // A category that is named twice counts once.
            for category in problem.categories.iter().collect::<BTreeSet<_>>() {
                let bits = shelf.categories.entry(category.clone());
                bits.or_insert_with(|| Bits::none(count)).set(position);
                let pools = shelf.pools_by_category.entry(category.clone());
                add(pools.or_default(), difficulty, position);
            }
        }
        shelf.problems = problems;
        shelf
    }

    pub fn len(&self) -> usize {
        self.problems.len()
    }

    pub fn get(&self, slug: &str) -> Option<Arc<Problem>> {
        let position = *self.positions.get(slug)?;
        Some(self.problems[position as usize].clone())
    }

    pub fn categories(&self) -> impl Iterator<Item = &String> {
        self.categories.keys()
    }

    pub fn find(&self, query: &str, filter: &Filter, slice: Slice) -> Found {
        let hits = match query.trim() {
            "" => None,
            query => Some(self.index.search(query)),
        };
        let fitting = match &hits {
            None => self.all.clone(),
            Some(hits) => {
                let mut bits = Bits::none(self.len());
                for hit in hits {
                    bits.set(hit.position);
                }
                bits
            }
        };
        let of_difficulty = match filter.difficulty {
            None => fitting.clone(),
            Some(difficulty) => fitting.and(&self.difficulties[place(difficulty)]),
        };
        let of_category = match &filter.category {
            None => fitting,
            Some(category) => match self.categories.get(category) {
                Some(bits) => fitting.and(bits),
                None => Bits::none(self.len()),
            },
        };
        let admitted = of_difficulty.and(&of_category);
        let positions: Vec<u32> = match hits {
            None => admitted
                .iter()
                .skip(slice.skip)
                .take(slice.take)
                .collect::<Vec<_>>(),
            Some(hits) => best(hits, &admitted, slice),
        };
        Found {
            problems: positions
                .into_iter()
                .map(|position| self.problems[position as usize].clone())
                .collect(),
            total: admitted.count(),
            any_difficulty: of_category.count(),
            difficulties: DIFFICULTIES
                .map(|it| (it, of_category.count_and(&self.difficulties[place(it)]))),
            any_category: of_difficulty.count(),
            categories: self
                .categories
                .iter()
                .map(|(category, bits)| (category.clone(), of_difficulty.count_and(bits)))
                .collect(),
        }
    }

    pub fn random(&self, filter: &Filter, recent: &[&str], dice: u64) -> Option<Arc<Problem>> {
        let (pools, of_category) = match &filter.category {
            None => (&self.pools, &self.all),
            Some(category) => (
                self.pools_by_category.get(category)?,
                self.categories.get(category)?,
            ),
        };
        let (at, of_difficulty) = match filter.difficulty {
            None => (0, &self.all),
            Some(it) => (1 + place(it), &self.difficulties[place(it)]),
        };
        let is_in = |position| of_category.has(position) && of_difficulty.has(position);
        self.draw(&pools[at], is_in, recent, dice)
    }

    pub fn random_among(
        &self,
        query: &str,
        filter: &Filter,
        recent: &[&str],
        dice: u64,
    ) -> Option<Arc<Problem>> {
        let found = self.find(query, filter, Slice::ALL);
        let slugs = found.problems.iter().map(|problem| &problem.slug);
        let mut pool: Vec<u32> = slugs.map(|slug| self.positions[slug]).collect();
        pool.sort_unstable();
        let is_in = |position: u32| pool.binary_search(&position).is_ok();
        self.draw(&pool, is_in, recent, dice)
    }

    /// One of a pool in rising order. The time depends on `recent` alone: the last places of the pool stand in for
    /// what is recent among the others.
    fn draw(
        &self,
        pool: &[u32],
        is_in: impl Fn(u32) -> bool,
        recent: &[&str],
        dice: u64,
    ) -> Option<Arc<Problem>> {
        let taken: Vec<u32> = recent
            .iter()
            .filter_map(|slug| self.positions.get(*slug).copied())
            .filter(|position| is_in(*position))
            .collect();
        let mut distinct = taken.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let fresh = pool.len() - distinct.len();
        let position = if fresh == 0 {
            // All were done: the one that was done longest ago, which is the last that appears for the first time.
            *distinct
                .iter()
                .max_by_key(|position| taken.iter().position(|it| it == *position))?
        } else {
            let at = (dice % fresh as u64) as usize;
            let drawn = pool[at];
            match distinct.binary_search(&drawn) {
                Err(_) => drawn,
                Ok(rank) => *pool[fresh..]
                    .iter()
                    .filter(|position| distinct.binary_search(position).is_err())
                    .nth(rank)
                    .expect("as many fresh ones stand at the end as recent ones before it"),
            }
        };
        Some(self.problems[position as usize].clone())
    }
}

/// The hits that are admitted, best first, and those that score the same in the order of lists.
fn best(hits: Vec<super::index::Hit>, admitted: &Bits, slice: Slice) -> Vec<u32> {
    // Scores are positive, so that their bits have the order of their values.
    let mut keys: Vec<u64> = Vec::new();
    for hit in hits {
        if admitted.has(hit.position) {
            keys.push((u64::from(!hit.score.to_bits()) << 32) | u64::from(hit.position));
        }
    }
    let end = slice.skip.saturating_add(slice.take).min(keys.len());
    if end > 0 && end < keys.len() {
        keys.select_nth_unstable(end - 1);
        keys.truncate(end);
    }
    keys.sort_unstable();
    keys.into_iter()
        .skip(slice.skip)
        .map(|key| key as u32)
        .collect()
}

fn add(pools: &mut [Vec<u32>; 4], difficulty: usize, position: u32) {
    pools[0].push(position);
    pools[1 + difficulty].push(position);
}

fn place(difficulty: Difficulty) -> usize {
    match difficulty {
        Difficulty::Easy => 0,
        Difficulty::Medium => 1,
        Difficulty::Hard => 2,
    }
}

/// A set of positions.
#[derive(Clone)]
struct Bits(Vec<u64>);

impl Bits {
    fn none(count: usize) -> Bits {
        Bits(vec![0; count.div_ceil(64)])
    }

    fn set(&mut self, position: u32) {
        self.0[position as usize / 64] |= 1 << (position % 64);
    }

    fn has(&self, position: u32) -> bool {
        self.0[position as usize / 64] >> (position % 64) & 1 == 1
    }

    fn and(&self, other: &Bits) -> Bits {
        Bits(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn count_and(&self, other: &Bits) -> usize {
        let words = self.0.iter().zip(&other.0);
        words.map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let words = (0u32..).zip(&self.0);
        words.flat_map(|(at, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| at * 64 + bit)
        })
    }
}
