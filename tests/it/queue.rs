//! The queue through its doors: order, leases, retries, dead letters, and workers that die at every step while the
//! clock jumps. Nothing may get lost, and nothing may be finished twice.

use interviewd::{
    edge::{Clock, Entropy},
    queue::{Claimed, DeadJob, Fate, Queue, enqueue, policy},
    store::{Store, StoreError, tables},
};
use interviewd_domain::{
    ids::{InterviewId, JobId},
    job::Job,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

const START: Timestamp = Timestamp::from_ms(1_800_000_000_000);

struct Scene {
    store: Store,
    clock: Clock,
    queue: Queue,
}

impl Scene {
    fn new() -> Scene {
        let (store, clock) = (Store::in_memory(), Clock::manual(START));
        let queue = Queue::new(store.clone(), clock.clone());
        Scene {
            store,
            clock,
            queue,
        }
    }

    async fn add(&self, number: u128) -> JobId {
        let now = self.clock.now();
        self.store
            .write(move |tx| enqueue(tx, job(number), now, number))
            .await
            .expect("written")
    }

    async fn claim(&self) -> Option<Claimed> {
        self.queue.claim().await.expect("the store works")
    }

    fn waiting(&self) -> usize {
        self.queue.waiting().expect("readable").len()
    }
}

fn job(number: u128) -> Job {
    Job::Evaluate {
        interview: InterviewId::new(START, number),
    }
}

#[tokio::test]
async fn jobs_come_in_order_each_to_one_worker_and_are_gone_when_finished() {
    let scene = Scene::new();
    let (first, second) = (scene.add(1).await, scene.add(2).await);
    let (a, b) = (
        scene.claim().await.expect("one"),
        scene.claim().await.expect("another"),
    );
    assert_eq!((a.id, a.attempt, &a.job), (first, 1, &job(1)));
    assert_eq!(b.id, second);
    assert_eq!(scene.claim().await, None, "both are in somebody's hands");
    assert!(scene.queue.finish(&a).await.expect("written"));
    assert!(
        !scene.queue.finish(&a).await.expect("written"),
        "finished twice"
    );
    assert_eq!(scene.waiting(), 1);
}

#[tokio::test]
async fn a_job_of_a_refused_change_does_not_exist() {
    let scene = Scene::new();
    let refused = scene
        .store
        .write(|tx| {
            enqueue(tx, job(1), START, 1)?;
            Err::<(), _>(StoreError::Closed)
        })
        .await;
    assert!(refused.is_err());
    assert_eq!(scene.waiting(), 0);
}

#[tokio::test]
async fn a_silent_worker_loses_its_job_and_its_late_answer_is_refused() {
    let scene = Scene::new();
    scene.add(1).await;
    let late = scene.claim().await.expect("claimed");
    scene
        .clock
        .advance(policy(&late.job).lease - Duration::from_millis(1));
    assert_eq!(scene.claim().await, None, "the lease still holds");
    scene.clock.advance(Duration::from_millis(1));
    let second = scene.claim().await.expect("taken over");
    assert_eq!((second.id, second.attempt), (late.id, 2));
    assert!(!scene.queue.finish(&late).await.expect("written"));
    assert_eq!(
        scene
            .queue
            .retry(&late, "late".to_owned())
            .await
            .expect("written"),
        Fate::NotOurs
    );
    assert_eq!(
        scene
            .queue
            .bury(&late, "late".to_owned())
            .await
            .expect("written"),
        Fate::NotOurs
    );
    assert!(scene.queue.finish(&second).await.expect("written"));
}

#[tokio::test]
async fn a_slow_worker_whose_job_nobody_took_may_still_finish_it() {
    let scene = Scene::new();
    scene.add(1).await;
    let slow = scene.claim().await.expect("claimed");
    scene.clock.advance(policy(&slow.job).lease * 3);
    assert!(scene.queue.finish(&slow).await.expect("written"));
    assert_eq!(scene.claim().await, None);
}

#[tokio::test]
async fn failures_are_retried_with_doubling_pauses_then_buried_and_driven_again() {
    let scene = Scene::new();
    let id = scene.add(1).await;
    let rules = policy(&job(1));
    assert_eq!(rules.tries, 3, "an evaluation has three tries");
    let mut pause = rules.pause;
    for attempt in 1..rules.tries {
        let claimed = scene.claim().await.expect("due");
        assert_eq!(claimed.attempt, attempt);
        assert_eq!(
            scene
                .queue
                .retry(&claimed, format!("failure {attempt}"))
                .await
                .expect("written"),
            Fate::Retried
        );
        assert!(
            !scene.queue.finish(&claimed).await.expect("written"),
            "a claim that was given back is over"
        );
        scene.clock.advance(pause - Duration::from_millis(1));
        assert_eq!(
            scene.claim().await,
            None,
            "the pause after try {attempt} is {pause:?}"
        );
        scene.clock.advance(Duration::from_millis(1));
        pause *= 2;
    }
    let last = scene.claim().await.expect("due");
    assert_eq!(
        scene
            .queue
            .retry(&last, "the last failure".to_owned())
            .await
            .expect("written"),
        Fate::Buried
    );
    assert_eq!((scene.claim().await, scene.waiting()), (None, 0));
    let dead = scene.queue.dead().expect("readable");
    assert_eq!(
        (
            dead[0].0,
            &dead[0].1.job,
            dead[0].1.tries,
            dead[0].1.reason.as_str()
        ),
        (id, &job(1), 3, "the last failure")
    );

    assert!(scene.queue.redrive(id).await.expect("written"));
    assert!(
        !scene.queue.redrive(id).await.expect("written"),
        "there is only one"
    );
    let again = scene.claim().await.expect("due at once");
    assert_eq!((again.id, again.attempt), (id, 1));
    assert!(scene.queue.dead().expect("readable").is_empty());
}

/// A number that is counted from the start again would let the first worker finish what the second one works on.
#[tokio::test]
async fn a_worker_from_before_the_burial_is_a_stranger_after_the_redrive() {
    let scene = Scene::new();
    let id = scene.add(1).await;
    let mut before = Vec::new();
    for _ in 0..policy(&job(1)).tries {
        before.push(scene.claim().await.expect("claimed"));
        scene.clock.advance(policy(&job(1)).lease);
    }
    // It comes once more, only to be buried by whoever knows whom to tell.
    let exhausted = scene.claim().await.expect("claimed");
    assert!(exhausted.exhausted && before.iter().all(|claim| !claim.exhausted));
    assert_eq!(exhausted.attempt, policy(&job(1)).tries);
    let fate = scene.queue.bury(&exhausted, "silence".to_owned()).await;
    assert_eq!(fate.expect("written"), Fate::Buried);
    assert_eq!(scene.queue.dead().expect("readable")[0].1.reason, "silence");
    assert!(scene.queue.redrive(id).await.expect("written"));
    let now = scene.claim().await.expect("driven again");
    for ghost in &before {
        assert!(
            !scene.queue.finish(ghost).await.expect("written"),
            "try {} came back from the dead",
            ghost.attempt
        );
    }
    assert!(scene.queue.finish(&now).await.expect("written"));
}

#[tokio::test]
async fn a_clock_that_is_set_back_does_not_hold_jobs_up() {
    let scene = Scene::new();
    scene.add(1).await;
    let lost = scene.claim().await.expect("claimed");
    scene.clock.set(START - Duration::from_secs(1));
    assert_eq!(scene.claim().await, None, "a small step changes nothing");
    scene.clock.set(START - Duration::from_secs(86_400 * 365));
    let found = scene.claim().await.expect("nobody waits for a year");
    assert_eq!(found.id, lost.id);
    assert!(!scene.queue.finish(&lost).await.expect("written"));
}

#[tokio::test]
async fn a_waiting_worker_is_woken_by_the_bell_and_by_the_poll() {
    let scene = Scene::new();
    let (queue, clock) = (scene.queue.clone(), scene.clock.clone());
    let (claimed, ()) = tokio::join!(queue.next(), async {
        scene.add(1).await;
        queue.wake();
    });
    assert_eq!(claimed.expect("claimed").job, job(1));
    // Nobody rings for this one: the worker looks by itself.
    let (claimed, ()) = tokio::join!(queue.next(), async {
        scene.add(2).await;
        clock.advance(Duration::from_secs(60));
    });
    assert_eq!(claimed.expect("claimed").job, job(2));
}

#[tokio::test]
async fn forgotten_dead_letters_are_the_oldest() {
    let scene = Scene::new();
    scene
        .store
        .write(|tx| {
            (0..1_002).try_for_each(|number| {
                let dead = DeadJob {
                    job: job(number),
                    made_at: START,
                    died_at: START,
                    tries: 3,
                    reason: "old".to_owned(),
                    lease_number: 3,
                };
                tx.put(tables::DEAD_JOBS, &JobId::new(START, number), &dead)
            })
        })
        .await
        .expect("written");
    scene.clock.advance(Duration::from_secs(1));
    scene.add(9_999).await;
    let last = scene.claim().await.expect("claimed");
    let fate = scene.queue.bury(&last, "new".to_owned()).await;
    assert_eq!(fate.expect("written"), Fate::Buried);
    let dead = scene.queue.dead().expect("readable");
    assert_eq!(dead.len(), 1_000);
    assert_eq!(dead[0].1.job, job(3), "the three oldest are gone");
    assert_eq!(dead[999].1.reason, "new");
}

#[tokio::test]
async fn a_restart_frees_what_was_held_and_gives_the_try_back_but_not_for_ever() {
    let scene = Scene::new();
    scene.add(1).await;
    for _ in 0..10 {
        assert_eq!(scene.claim().await.expect("free at once").attempt, 1);
        scene.queue.release_all().await.expect("written");
    }
    // A job that takes the server down each time is found out in the end.
    assert_eq!(scene.claim().await.expect("free at once").attempt, 1);
    scene.queue.release_all().await.expect("written");
    assert_eq!(scene.claim().await.expect("free at once").attempt, 2);
}

/// Three workers that finish, fail, give up, fall silent or come back late, in any order, while the clock moves and
/// steps back and the server restarts in between.
#[tokio::test]
async fn nothing_is_lost_and_nothing_finished_twice_whatever_workers_do() {
    for seed in 0..40 {
        let dice = Entropy::seeded(seed);
        let mut scene = Scene::new();
        let mut ids = BTreeSet::new();
        let mut finished: BTreeMap<JobId, u32> = BTreeMap::new();
        // Every claim ever made: its holder may act on it much later.
        let mut claims: Vec<Claimed> = Vec::new();
        for _ in 0..120 {
            let pick = |claims: &[Claimed]| {
                claims
                    .get(dice.u64_below(claims.len().max(1) as u64) as usize)
                    .cloned()
            };
            match dice.u64_below(12) {
                0 | 1 => drop(ids.insert(scene.add(ids.len() as u128).await)),
                2..=4 => claims.extend(scene.claim().await),
                5 | 6 => {
                    if let Some(claim) = pick(&claims)
                        && scene.queue.finish(&claim).await.expect("written")
                    {
                        *finished.entry(claim.id).or_default() += 1;
                    }
                }
                7 => {
                    if let Some(claim) = pick(&claims) {
                        scene
                            .queue
                            .retry(&claim, "failed".to_owned())
                            .await
                            .expect("written");
                    }
                }
                8 => {
                    if let Some(claim) = pick(&claims) {
                        scene
                            .queue
                            .bury(&claim, "hopeless".to_owned())
                            .await
                            .expect("written");
                    }
                }
                9 => scene
                    .clock
                    .advance(Duration::from_millis(dice.u64_below(200_000))),
                10 => {
                    let dead = scene.queue.dead().expect("readable");
                    if let Some((id, _)) = dead.first() {
                        scene.queue.redrive(*id).await.expect("written");
                    }
                }
                _ => {
                    scene
                        .clock
                        .set(scene.clock.now() - Duration::from_secs(dice.u64_below(400)));
                    scene.queue = Queue::new(scene.store.clone(), scene.clock.clone());
                    scene.queue.release_all().await.expect("written");
                }
            }
            let waiting: BTreeSet<JobId> = scene
                .queue
                .waiting()
                .expect("readable")
                .into_iter()
                .map(|(id, _)| id)
                .collect();
            let dead: BTreeSet<JobId> = scene
                .queue
                .dead()
                .expect("readable")
                .into_iter()
                .map(|(id, _)| id)
                .collect();
            let done: BTreeSet<JobId> = finished.keys().copied().collect();
            assert!(
                waiting.is_disjoint(&dead) && waiting.is_disjoint(&done) && dead.is_disjoint(&done),
                "seed {seed}: a job is in two places"
            );
            assert_eq!(
                waiting.len() + dead.len() + done.len(),
                ids.len(),
                "seed {seed}: a job was lost"
            );
            assert!(
                finished.values().all(|times| *times == 1),
                "seed {seed}: finished twice"
            );
        }
        // However bad it was, the line empties once workers behave.
        for _ in 0..ids.len() * 4 {
            scene.clock.advance(Duration::from_secs(3_600));
            if let Some(claim) = scene.claim().await {
                assert!(
                    scene.queue.finish(&claim).await.expect("written"),
                    "seed {seed}"
                );
            }
        }
        assert_eq!(
            scene.waiting(),
            0,
            "seed {seed}: something stays in line for ever"
        );
    }
}
