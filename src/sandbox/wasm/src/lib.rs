//! The guests inside wasmtime: loading one, and running one job in a fresh instance of it. Lives in worker
//! processes only; the server's own process never runs a guest.
//!
//! Two shapes of guest share everything else: Python is a component (one import, one export, WASI without any
//! rights), JavaScript a core module (a handful of imports, memory of its own). Every job gets its own `Store`, instance and limits and
//! leaves nothing behind. Memory comes from a pool with copy-on-write images of the pre-initialised guests, which makes an instance cost
//! microseconds (JavaScript) or well under a millisecond (Python).
//!
//! To add a guest: a line in [`guest`], and, if it is shaped differently, a variant of `Shape`.

#![allow(
    clippy::disallowed_methods,
    reason = "limits are real time: a guest is stopped by the machine's clock, which no test may move"
)]

mod answer;
mod cache;
mod ticker;

use interviewd_domain::{problem::Language, run::Limits};
use std::{path::Path, time::Duration, time::Instant};
use wasmtime::{
    Caller, Config, Enabled, Engine, InstanceAllocationStrategy, Linker, Module, OptLevel,
    PoolingAllocationConfig, Precompiled, ResourceLimiter, Store, StoreContextMut, Trap,
    component::{self, Component, WasmStr},
};
use wasmtime_wasi::{I32Exit, ResourceTable, WasiCtx, WasiCtxView, WasiView};

pub use answer::{Answer, End, REPLY_BYTES_MAX};
pub use cache::{LoadError, compile};
pub use interviewd_sandbox_guests::Guest;
pub use ticker::Ticker;

/// The most memory that any limit can grant: the size of the pool's slots.
pub const MEMORY_BYTES_MAX: usize = 512 << 20;

/// Deeply nested source needs native stack in the JavaScript parser; below this it traps before its own check.
const WASM_STACK_BYTES: usize = 64 << 20;

/// What the host's side of a fiber may need on top.
const HOST_STACK_BYTES: usize = 2 << 20;

/// Pages that stay in memory between two instances instead of being given back to the kernel.
const KEEP_RESIDENT_BYTES: usize = 8 << 20;

const TABLE_ELEMENTS_MAX: usize = 60_000;

/// A component of ours is made of a few dozen core instances (one per shared library).
const CORE_INSTANCES_MAX: u32 = 64;

/// What a component may hand to the host in one call, so that it cannot make the host allocate at will.
const TRANSFER_BYTES_MAX: usize = REPLY_BYTES_MAX + (64 << 10);

/// Handles to host resources that a guest may hold; nobody needs more than a few clocks and streams.
const HOST_RESOURCES_MAX: usize = 1_000;

/// The languages that run in wasm, each with its guest.
pub fn guest(language: Language) -> Option<&'static Guest> {
    match language {
        Language::Python => Some(&interviewd_sandbox_guests::PYTHON),
        Language::Javascript => Some(&interviewd_sandbox_guests::JAVASCRIPT),
        Language::Java => None,
    }
}

/// An engine for this machine. With `metered`, code counts fuel as well: another module, compiled and cached beside
/// the plain one, for whoever needs a deterministic measure of work.
pub fn engine(metered: bool) -> wasmtime::Result<Engine> {
    let mut pool = PoolingAllocationConfig::new();
    // One job at a time, so one component with all its parts is all there ever is.
    pool.total_component_instances(2)
        .total_core_instances(2 * CORE_INSTANCES_MAX)
        .max_core_instances_per_component(CORE_INSTANCES_MAX)
        .total_memories(8)
        .max_memories_per_component(4)
        .total_tables(32)
        .max_tables_per_component(16)
        .total_stacks(4)
        .max_component_instance_size(8 << 20)
        .max_core_instance_size(8 << 20)
        .table_elements(TABLE_ELEMENTS_MAX)
        .max_memory_size(MEMORY_BYTES_MAX)
        .linear_memory_keep_resident(KEEP_RESIDENT_BYTES)
        .table_keep_resident(1 << 20)
        .async_stack_keep_resident(64 << 10)
        .pagemap_scan(Enabled::Auto);
    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .memory_init_cow(true)
        .memory_guaranteed_dense_image_size(128 << 20)
        .epoch_interruption(true)
        .consume_fuel(metered)
        .max_wasm_stack(WASM_STACK_BYTES)
        .async_stack_size(WASM_STACK_BYTES + HOST_STACK_BYTES)
        .cranelift_opt_level(OptLevel::Speed)
        .wasm_component_model(true)
        .wasm_backtrace_max_frames(None);
    Engine::new(&config)
}

/// A guest, ready to run jobs.
pub struct Runtime {
    engine: Engine,
    shape: Shape,
}

enum Shape {
    Component(component::InstancePre<Case>),
    Module(wasmtime::InstancePre<Case>),
}

impl Runtime {
    /// Loads a guest's machine code from the cache. Milliseconds; compiles nothing.
    pub fn load(guest: &Guest, cache_dir: &Path) -> Result<Runtime, LoadError> {
        let engine = engine(false)?;
        let code = cache::open(guest, &engine, cache_dir)?;
        let shape = match Engine::detect_precompiled_file(code.path())? {
            Some(Precompiled::Component) => {
                // SAFETY: only `cache::compile` writes the file, into a directory of our own that nobody else can
                // write to, and its hash was checked through the very descriptor that is mapped here.
                let component = unsafe { Component::deserialize_file(&engine, code.path())? };
                let mut linker = component::Linker::<Case>::new(&engine);
                wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
                linker.root().func_wrap("write", component_write)?;
                Shape::Component(linker.instantiate_pre(&component)?)
            }
            _ => {
                // SAFETY: as above.
                let module = unsafe { Module::deserialize_file(&engine, code.path())? };
                let mut linker = Linker::<Case>::new(&engine);
                add_module_imports(&mut linker)?;
                linker.define_unknown_imports_as_traps(&module)?;
                Shape::Module(linker.instantiate_pre(&module)?)
            }
        };
        Ok(Runtime { engine, shape })
    }

    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Runs one job in an instance of its own, which is gone when this returns. Somebody must be ticking the engine's epoch.
    pub async fn run(&self, job: &str, limits: &Limits) -> Answer {
        let started = Instant::now();
        let mut store = Store::new(&self.engine, Case::new(limits, started));
        store.limiter(|case| &mut case.memory);
        store.set_hostcall_fuel(TRANSFER_BYTES_MAX);
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        let time = Duration::from_millis(limits.case_ms);
        let end = match tokio::time::timeout(time, self.shape.call(&mut store, job)).await {
            // On a machine too busy to tick in time a guest may come through late; late is late.
            Ok(Ok(_)) if started.elapsed() > time => End::Timeout,
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => how_it_ended(&error),
            Err(_) => End::Timeout,
        };
        let duration_us = started.elapsed().as_micros() as u64;
        let case = store.into_data();
        let end = if case.output.overflowed {
            End::OutputLimit
        } else {
            end
        };
        Answer {
            end,
            stdout: String::from_utf8_lossy(&case.output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&case.output.stderr).into_owned(),
            starved: case.memory.starved,
            duration_us,
        }
    }
}

impl Shape {
    async fn call(&self, store: &mut Store<Case>, job: &str) -> wasmtime::Result<End> {
        match self {
            Shape::Component(pre) => {
                let instance = pre.instantiate_async(&mut *store).await?;
                let run = instance.get_typed_func::<(&str,), (String,)>(&mut *store, "run")?;
                let (reply,) = run.call_async(&mut *store, (job,)).await?;
                Ok(returned(&reply))
            }
            Shape::Module(pre) => {
                let instance = pre.instantiate_async(&mut *store).await?;
                let allocate = instance.get_typed_func::<u32, u32>(&mut *store, "iv_alloc")?;
                let run = instance.get_typed_func::<(u32, u32), u32>(&mut *store, "iv_run")?;
                let memory = instance
                    .get_memory(&mut *store, "memory")
                    .ok_or_else(no_memory)?;
                let length = u32::try_from(job.len())?;
                let at = allocate.call_async(&mut *store, length).await?;
                memory.write(&mut *store, at as usize, job.as_bytes())?;
                let reply = run.call_async(&mut *store, (at, length)).await?;
                let data = memory.data(&*store);
                let header = slice(data, reply, 4).ok_or_else(out_of_bounds)?;
                let length = u32::from_le_bytes(header.try_into()?);
                let reply = slice(data, reply.wrapping_add(4), length).ok_or_else(out_of_bounds)?;
                Ok(returned(&String::from_utf8_lossy(reply)))
            }
        }
    }
}

fn returned(reply: &str) -> End {
    match reply.len() <= REPLY_BYTES_MAX {
        true => End::Returned(reply.to_owned()),
        false => End::ReplyTooLong,
    }
}

fn how_it_ended(error: &wasmtime::Error) -> End {
    if let Some(I32Exit(code)) = error.downcast_ref::<I32Exit>() {
        return End::Exited(*code);
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::StackOverflow) => End::StackOverflow,
        _ => End::Trapped {
            reason: format!("{error:#}"),
        },
    }
}

/// Everything that belongs to one job.
struct Case {
    wasi: WasiCtx,
    resources: ResourceTable,
    memory: Memory,
    output: Output,
    started: Instant,
}

impl Case {
    fn new(limits: &Limits, started: Instant) -> Case {
        let mut resources = ResourceTable::new();
        resources.set_max_capacity(HOST_RESOURCES_MAX);
        Case {
            // No files, no environment, no arguments, no streams, no network: clocks and dice are what is left.
            wasi: WasiCtx::builder()
                .allow_tcp(false)
                .allow_udp(false)
                .allow_ip_name_lookup(false)
                .build(),
            resources,
            memory: Memory {
                bytes: 0,
                bytes_max: usize::try_from(limits.memory_bytes)
                    .unwrap_or(usize::MAX)
                    .min(MEMORY_BYTES_MAX),
                starved: false,
            },
            output: Output {
                bytes_max: limits.output_bytes,
                ..Output::default()
            },
            started,
        }
    }
}

impl WasiView for Case {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.resources,
        }
    }
}

/// Counts the memory of all of an instance's linear memories together.
struct Memory {
    bytes: usize,
    bytes_max: usize,
    starved: bool,
}

impl ResourceLimiter for Memory {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let bytes = self.bytes.saturating_add(desired.saturating_sub(current));
        let granted = bytes <= self.bytes_max;
        match granted {
            true => self.bytes = bytes,
            false => self.starved = true,
        }
        Ok(granted)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ELEMENTS_MAX)
    }
}

/// What the guest printed, as far as it is kept.
#[derive(Default)]
struct Output {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    bytes_max: usize,
    overflowed: bool,
}

impl Output {
    /// Keeps what fits. The first byte that does not fit ends the run: what comes after it would be thrown away anyhow.
    fn write(&mut self, stream: u32, bytes: &[u8]) -> wasmtime::Result<()> {
        let kept = if stream == 2 {
            &mut self.stderr
        } else {
            &mut self.stdout
        };
        let room = self.bytes_max.saturating_sub(kept.len());
        kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if bytes.len() > room {
            self.overflowed = true;
            wasmtime::bail!("too much output");
        }
        Ok(())
    }
}

fn component_write(
    mut store: StoreContextMut<'_, Case>,
    (stream, text): (u32, WasmStr),
) -> wasmtime::Result<()> {
    // Borrowed from the guest's memory and cut before it is copied: a guest must not make the host allocate at will.
    let bytes_max = store.data().output.bytes_max;
    let text = text.to_str(&store)?;
    let bytes = text.as_bytes();
    let bytes = bytes[..bytes.len().min(bytes_max + 1)].to_vec();
    store.data_mut().output.write(stream, &bytes)
}

fn add_module_imports(linker: &mut Linker<Case>) -> wasmtime::Result<()> {
    linker.func_wrap(
        "iv",
        "write",
        |mut caller: Caller<'_, Case>, stream: u32, at: u32, length: u32| -> wasmtime::Result<()> {
            let memory = memory_of(&mut caller)?;
            let (data, case) = memory.data_and_store_mut(&mut caller);
            case.output
                .write(stream, slice(data, at, length).ok_or_else(out_of_bounds)?)
        },
    )?;
    linker.func_wrap("iv", "now_ns", |caller: Caller<'_, Case>| {
        caller.data().started.elapsed().as_nanos() as i64
    })?;
    linker.func_wrap_async("iv", "sleep_ms", |_: Caller<'_, Case>, (ms,): (i64,)| {
        Box::new(tokio::time::sleep(Duration::from_millis(
            ms.clamp(0, SLEEP_MS_MAX) as u64,
        )))
    })?;
    // What libc asks for before it gets anywhere: there are no files, and a clock.
    const WASI: &str = "wasi_snapshot_preview1";
    linker.func_wrap(WASI, "fd_close", |_: i32| WASI_BAD_FILE)?;
    linker.func_wrap(WASI, "fd_fdstat_get", |_: i32, _: i32| WASI_BAD_FILE)?;
    linker.func_wrap(WASI, "fd_seek", |_: i32, _: i64, _: i32, _: i32| {
        WASI_BAD_FILE
    })?;
    linker.func_wrap(WASI, "fd_write", |_: i32, _: i32, _: i32, _: i32| {
        WASI_BAD_FILE
    })?;
    linker.func_wrap(
        WASI,
        "clock_time_get",
        |mut caller: Caller<'_, Case>, _: i32, _: i64, at: u32| -> wasmtime::Result<i32> {
            let now = wall_clock_ns();
            memory_of(&mut caller)?.write(&mut caller, at as usize, &now.to_le_bytes())?;
            Ok(0)
        },
    )?;
    Ok(())
}

/// Longer than any limit; a guest that sleeps is ended by its time limit.
const SLEEP_MS_MAX: i64 = 3_600_000;

/// `errno::badf` of WASI preview 1.
const WASI_BAD_FILE: i32 = 8;

/// What the guest's `Date` shows. Never used to decide anything.
fn wall_clock_ns() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |since| since.as_nanos() as u64)
}

fn memory_of(caller: &mut Caller<'_, Case>) -> wasmtime::Result<wasmtime::Memory> {
    caller
        .get_export("memory")
        .and_then(|export| export.into_memory())
        .ok_or_else(no_memory)
}

fn slice(data: &[u8], at: u32, length: u32) -> Option<&[u8]> {
    data.get(at as usize..)?.get(..length as usize)
}

fn no_memory() -> wasmtime::Error {
    wasmtime::Error::msg("the guest exports no memory")
}

fn out_of_bounds() -> wasmtime::Error {
    wasmtime::Error::msg("the guest pointed outside its memory")
}
