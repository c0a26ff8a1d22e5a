//! What the door does inside a transaction: stamp events, fold them, keep the row, the indexes and the jobs in step.

use super::{Error, jobs_caused_by, returns_credit};
use crate::{
    queue,
    store::{WriteTx, tables},
};
use interviewd_domain::{
    account::{self, Account, AccountEvent, Ask, Change},
    ids::{AccountId, InterviewId},
    interview::{Event, Interview, What},
    time::Timestamp,
};

/// Stores the first events of a new interview.
pub(super) fn create(
    tx: &mut WriteTx,
    id: InterviewId,
    happens: Vec<What>,
    now: Timestamp,
    dice: u128,
) -> Result<Vec<Event>, Error> {
    let mut happens = happens.into_iter();
    let what = happens
        .next()
        .expect("deciding a creation says that it was created");
    let event = Event {
        seq: 0,
        at: now,
        clock_ms: 0,
        what,
    };
    let interview = Interview::created(id, &event).expect("the first event is the creation");
    let candidate = interview.candidate;
    tx.put(tables::INTERVIEW_EVENTS, &(candidate, id, 0), &event)?;
    tx.put(tables::INTERVIEW_OWNERS, &id, &candidate)?;
    tx.put(tables::OPEN_INTERVIEWS, &id, &candidate)?;
    tx.put(tables::INTERVIEWS, &(candidate, id), &interview)?;
    let mut events = vec![event];
    events.extend(append(tx, interview, happens.collect(), now, dice)?);
    Ok(events)
}

/// Stores what happens to an existing interview, its row, and what follows from it.
pub(super) fn append(
    tx: &mut WriteTx,
    mut interview: Interview,
    happens: Vec<What>,
    now: Timestamp,
    dice: u128,
) -> Result<Vec<Event>, Error> {
    let (candidate, id) = (interview.candidate, interview.id);
    let mut events = Vec::with_capacity(happens.len());
    for what in happens {
        let mut event = Event {
            seq: interview.next_seq,
            at: now,
            clock_ms: interview.clock_ms(now),
            what,
        };
        interview.apply(&event);
        if let What::Activated | What::TimeReturned { .. } = event.what {
            // These two set the clock; they happen at the moment that they set it to.
            event.clock_ms = interview.clock_ms(now);
        }
        tx.put(
            tables::INTERVIEW_EVENTS,
            &(candidate, id, event.seq),
            &event,
        )?;
        for (n, job) in jobs_caused_by(id, &event.what).into_iter().enumerate() {
            queue::enqueue(
                tx,
                job,
                now,
                dice.wrapping_add(u128::from(event.seq) << 8)
                    .wrapping_add(n as u128),
            )?;
        }
        if let What::Ended { reason } = event.what {
            tx.delete(tables::OPEN_INTERVIEWS, &id)?;
            if returns_credit(reason) {
                change_account(tx, candidate, Ask::ReturnCredit { interview: id }, now)?;
            }
        }
        events.push(event);
    }
    if !events.is_empty() {
        tx.put(tables::INTERVIEWS, &(candidate, id), &interview)?;
    }
    Ok(events)
}

/// The moment of a change: commands that come in at the same time are stored one after the other, and none of them
/// may be stamped before the one that it follows.
pub(super) fn moment(
    tx: &WriteTx,
    interview: &Interview,
    now: Timestamp,
) -> Result<Timestamp, Error> {
    let last = (
        interview.candidate,
        interview.id,
        interview.next_seq.saturating_sub(1),
    );
    let last = tx.get(tables::INTERVIEW_EVENTS, &last)?;
    Ok(last.map_or(now, |event| event.at.max(now)))
}

/// Judges and stores one change of an account.
pub(super) fn change_account(
    tx: &mut WriteTx,
    id: AccountId,
    ask: Ask,
    now: Timestamp,
) -> Result<Account, Error> {
    let Some(mut account) = tx.get(tables::ACCOUNTS, &id)? else {
        return Err(Error::Gone);
    };
    for what in account::decide(Some(&account), ask)? {
        let event = AccountEvent {
            seq: account.next_seq,
            at: now,
            what,
        };
        account.apply(&event);
        tx.put(tables::ACCOUNT_EVENTS, &(id, event.seq), &event)?;
    }
    tx.put(tables::ACCOUNTS, &id, &account)?;
    Ok(account)
}

/// Stores a new account and its address.
pub(super) fn open_account(
    tx: &mut WriteTx,
    id: AccountId,
    ask: Ask,
    now: Timestamp,
) -> Result<Account, Error> {
    let mut events = account::decide(None, ask)?.into_iter().enumerate();
    let (_, what) = events.next().expect("opening an account is a change");
    let Change::Opened { email, .. } = &what else {
        unreachable!("an account begins by being opened")
    };
    if tx.get(tables::EMAILS, email)?.is_some() {
        return Err(Error::EmailTaken);
    }
    tx.put(tables::EMAILS, email, &id)?;
    let event = AccountEvent {
        seq: 0,
        at: now,
        what,
    };
    let account = Account::opened(id, &event).expect("the first event is the opening");
    tx.put(tables::ACCOUNT_EVENTS, &(id, 0), &event)?;
    tx.put(tables::ACCOUNTS, &id, &account)?;
    Ok(account)
}
