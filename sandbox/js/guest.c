/* The JavaScript guest: a thin shell of C between the host's calls and two JavaScript realms of one QuickJS runtime.
 *
 * - The harness realm reads the job, encodes the result and words the errors. The candidate's code never sees an object
 *   of it, so what that code does to prototypes, JSON or Map stays in its own realm.
 * - The solution realm is where the candidate's code lives, with console, timers and what it knows from Node.
 *
 * This file is not the place for behaviour: it offers functions, the realms use them. To add one, write it beside its
 * neighbours, list it in `harness_natives` or `realm_natives`, and use it as `native.<name>`.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "quickjs.h"

#define IMPORT(name) __attribute__((import_module("iv"), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

/* How much of the linear-memory stack (8 MiB, see the recipe) JavaScript may use: about 13,000 plain calls. */
#define STACK_LIMIT_BYTES (4 * 1024 * 1024)
/* Rejections that nobody handled and that we remember; the first is the one that is reported. */
#define REJECTIONS_MAX 16

IMPORT("write") void host_write(int32_t fd, const char *text, uint32_t length);
IMPORT("now_ns") int64_t host_now_ns(void);
IMPORT("sleep_ms") void host_sleep_ms(int64_t ms);

/* Added by quickjs-ng.patch. */
void JS_SetRandomSeed(JSContext *ctx, uint64_t seed);

/* Written by the build from harness/ and realm/. */
extern const char harness_source[];
extern const unsigned harness_source_length;
extern const char realm_source[];
extern const unsigned realm_source_length;

static JSRuntime *runtime;
static JSContext *harness;
static JSContext *solution;
static JSValue run_function;       /* of the harness realm: job text -> reply text */
static JSValue exited_function;    /* of the harness realm: exit code -> reply text */
static JSValue schedule_function;  /* of the harness realm: (callback, ms, repeat) -> id */
static JSValue cancel_function;    /* of the harness realm: id -> nothing */
static JSValue load_function;      /* of the solution realm: module name -> source text */
static JSValue compiled;           /* what `compile` made and `execute` runs */
static JSModuleDef *module;        /* set when the solution is an ES module */
static int exited;
static int32_t exit_code;
static struct { JSValue promise, reason; } rejections[REJECTIONS_MAX];
static int rejection_count;

#define NATIVE(name) static JSValue name(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)

/* ---- offered to both realms ---- */

NATIVE(native_now)
{
    return JS_NewFloat64(ctx, (double)host_now_ns() / 1e6);
}

/* ---- offered to the solution's realm ---- */

NATIVE(native_write)
{
    int32_t fd;
    size_t length;
    if (JS_ToInt32(ctx, &fd, argv[0]))
        return JS_EXCEPTION;
    const char *text = JS_ToCStringLen(ctx, &length, argv[1]);
    if (!text)
        return JS_EXCEPTION;
    host_write(fd, text, (uint32_t)length);
    JS_FreeCString(ctx, text);
    return JS_UNDEFINED;
}

/* No catch and no finally of the candidate's code may swallow an exit. */
NATIVE(native_exit)
{
    if (JS_ToInt32(ctx, &exit_code, argv[0]))
        return JS_EXCEPTION;
    exited = 1;
    JS_ThrowInternalError(ctx, "exit");
    JSValue error = JS_GetException(ctx);
    JS_SetUncatchableError(ctx, error);
    return JS_Throw(ctx, error);
}

NATIVE(native_schedule)
{
    return JS_Call(harness, schedule_function, JS_UNDEFINED, 3, argv);
}

NATIVE(native_cancel)
{
    return JS_Call(harness, cancel_function, JS_UNDEFINED, 1, argv);
}

/* 0 pending, 1 fulfilled, 2 rejected, -1 not a promise; asks the engine, so no code of the candidate runs. */
NATIVE(native_promise_state)
{
    switch (JS_PromiseState(ctx, argv[0])) {
    case JS_PROMISE_PENDING: return JS_NewInt32(ctx, 0);
    case JS_PROMISE_FULFILLED: return JS_NewInt32(ctx, 1);
    case JS_PROMISE_REJECTED: return JS_NewInt32(ctx, 2);
    default: return JS_NewInt32(ctx, -1);
    }
}

NATIVE(native_promise_result)
{
    return JS_PromiseResult(ctx, argv[0]);
}

/* ---- offered to the harness ---- */

NATIVE(native_sleep)
{
    double ms;
    if (JS_ToFloat64(ctx, &ms, argv[0]))
        return JS_EXCEPTION;
    host_sleep_ms((int64_t)ms);
    return JS_UNDEFINED;
}

NATIVE(native_seed)
{
    int64_t seed;
    if (JS_ToInt64(ctx, &seed, argv[0]))
        return JS_EXCEPTION;
    JS_SetRandomSeed(solution, (uint64_t)seed * 0x9E3779B97F4A7C15ull + 1);
    return JS_UNDEFINED;
}

static JSValue rethrow(JSContext *ctx, JSValue value)
{
    if (ctx != solution && JS_IsException(value))
        return JS_Throw(ctx, JS_GetException(solution));
    return value;
}

/* compile(source, as_module): throws the solution realm's SyntaxError. */
NATIVE(native_compile)
{
    size_t length;
    int as_module = JS_ToBool(ctx, argv[1]);
    const char *source = JS_ToCStringLen(ctx, &length, argv[0]);
    if (!source)
        return JS_EXCEPTION;
    int flags = JS_EVAL_FLAG_COMPILE_ONLY | (as_module ? JS_EVAL_TYPE_MODULE : JS_EVAL_TYPE_GLOBAL);
    compiled = JS_Eval(solution, source, length, "solution.js", flags);
    JS_FreeCString(ctx, source);
    if (JS_IsException(compiled))
        return rethrow(ctx, compiled);
    module = as_module ? JS_VALUE_GET_PTR(compiled) : NULL;
    return JS_UNDEFINED;
}

NATIVE(native_execute)
{
    return rethrow(ctx, JS_EvalFunction(solution, compiled));
}

/* Evaluates one expression in the solution's global scope: the only way to see its top-level const, let and class. */
NATIVE(native_evaluate)
{
    size_t length;
    const char *source = JS_ToCStringLen(ctx, &length, argv[0]);
    if (!source)
        return JS_EXCEPTION;
    JSValue value = JS_Eval(solution, source, length, "lookup.js", JS_EVAL_TYPE_GLOBAL);
    JS_FreeCString(ctx, source);
    return rethrow(ctx, value);
}

NATIVE(native_exports)
{
    return module ? rethrow(ctx, JS_GetModuleNamespace(solution, module)) : JS_UNDEFINED;
}

/* JSON text -> arrays and objects of the solution's realm. */
NATIVE(native_parse)
{
    size_t length;
    const char *text = JS_ToCStringLen(ctx, &length, argv[0]);
    if (!text)
        return JS_EXCEPTION;
    JSValue value = JS_ParseJSON(solution, text, length, "job");
    JS_FreeCString(ctx, text);
    return rethrow(ctx, value);
}

NATIVE(native_is_error)
{
    return JS_NewBool(ctx, JS_IsError(argv[0]));
}

/* Runs promise reactions until none is left. */
NATIVE(native_run_jobs)
{
    JSContext *context;
    int result;
    while ((result = JS_ExecutePendingJob(runtime, &context)) > 0 && !exited) {
    }
    if (result < 0)
        return JS_Throw(ctx, JS_GetException(context));
    if (exited) {
        /* The exit happened inside a promise reaction, which turned it into a rejection: unwind once more. */
        JS_ThrowInternalError(ctx, "exit");
        JSValue error = JS_GetException(ctx);
        JS_SetUncatchableError(ctx, error);
        return JS_Throw(ctx, error);
    }
    return JS_UNDEFINED;
}

/* How many rejected promises nobody handles. */
NATIVE(native_rejections)
{
    return JS_NewInt32(ctx, rejection_count);
}

NATIVE(native_first_rejection)
{
    return rejection_count ? JS_DupValue(ctx, rejections[0].reason) : JS_UNDEFINED;
}

static void track_rejection(JSContext *ctx, JSValueConst promise, JSValueConst reason, bool is_handled, void *opaque)
{
    if (!is_handled) {
        if (rejection_count < REJECTIONS_MAX) {
            rejections[rejection_count].promise = JS_DupValue(ctx, promise);
            rejections[rejection_count].reason = JS_DupValue(ctx, reason);
            rejection_count++;
        }
        return;
    }
    for (int i = 0; i < rejection_count; i++) {
        if (JS_VALUE_GET_PTR(rejections[i].promise) == JS_VALUE_GET_PTR(promise)) {
            JS_FreeValue(ctx, rejections[i].promise);
            JS_FreeValue(ctx, rejections[i].reason);
            memmove(&rejections[i], &rejections[i + 1], (rejection_count - i - 1) * sizeof rejections[0]);
            rejection_count--;
            return;
        }
    }
}

/* `import fs from 'fs'`: the realm writes a module around what its require() returns. */
static JSModuleDef *load_module(JSContext *ctx, const char *name, void *opaque)
{
    JSValue argument = JS_NewString(ctx, name);
    JSValue source = JS_Call(ctx, load_function, JS_UNDEFINED, 1, (JSValueConst *)&argument);
    JS_FreeValue(ctx, argument);
    if (JS_IsException(source))
        return NULL;
    size_t length;
    const char *text = JS_ToCStringLen(ctx, &length, source);
    JS_FreeValue(ctx, source);
    if (!text)
        return NULL;
    JSValue value = JS_Eval(ctx, text, length, name, JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY);
    JS_FreeCString(ctx, text);
    if (JS_IsException(value))
        return NULL;
    JSModuleDef *loaded = JS_VALUE_GET_PTR(value);
    JS_FreeValue(ctx, value);
    return loaded;
}

/* ---- the exports ---- */

struct native { const char *name; JSCFunction *function; int arguments; };

static const struct native realm_natives[] = {
    { "now", native_now, 0 },
    { "write", native_write, 2 },
    { "exit", native_exit, 1 },
    { "schedule", native_schedule, 3 },
    { "cancel", native_cancel, 1 },
    { "promiseState", native_promise_state, 1 },
    { "promiseResult", native_promise_result, 1 },
};

static const struct native harness_natives[] = {
    { "now", native_now, 0 },
    { "sleep", native_sleep, 1 },
    { "seed", native_seed, 1 },
    { "compile", native_compile, 2 },
    { "execute", native_execute, 0 },
    { "evaluate", native_evaluate, 1 },
    { "exports", native_exports, 0 },
    { "parse", native_parse, 1 },
    { "isError", native_is_error, 1 },
    { "runJobs", native_run_jobs, 0 },
    { "rejections", native_rejections, 0 },
    { "firstRejection", native_first_rejection, 0 },
    { "promiseState", native_promise_state, 1 },
    { "promiseResult", native_promise_result, 1 },
};

static JSValue must(JSContext *ctx, JSValue value)
{
    if (JS_IsException(value))
        __builtin_trap(); /* only while the snapshot is built: the build fails there */
    return value;
}

/* Evaluates a realm's source, which is a function, and calls it with `native` and one more argument. */
static JSValue open_realm(JSContext *ctx, const char *source, unsigned length, const char *file,
                          const struct native *natives, int count, JSValue argument)
{
    JSValue native = JS_NewObject(ctx);
    for (int i = 0; i < count; i++)
        JS_SetPropertyStr(ctx, native, natives[i].name,
                          JS_NewCFunction(ctx, natives[i].function, natives[i].name, natives[i].arguments));
    JSValue opener = must(ctx, JS_Eval(ctx, source, length, file, JS_EVAL_TYPE_GLOBAL));
    JSValueConst arguments[2] = { native, argument };
    JSValue realm = must(ctx, JS_Call(ctx, opener, JS_UNDEFINED, 2, arguments));
    JS_FreeValue(ctx, opener);
    JS_FreeValue(ctx, native);
    return realm;
}

/* JS_NewContext() without `performance`, which would ask for the time while the snapshot is made; timers.js defines it. */
static JSContext *new_context(void)
{
    JSContext *ctx = JS_NewContextRaw(runtime);
    if (!ctx || JS_AddIntrinsicBaseObjects(ctx) || JS_AddIntrinsicDate(ctx) || JS_AddIntrinsicEval(ctx)
        || JS_AddIntrinsicRegExp(ctx) || JS_AddIntrinsicJSON(ctx) || JS_AddIntrinsicProxy(ctx)
        || JS_AddIntrinsicMapSet(ctx) || JS_AddIntrinsicTypedArrays(ctx) || JS_AddIntrinsicPromise(ctx)
        || JS_AddIntrinsicWeakRef(ctx) || JS_AddIntrinsicAToB(ctx) || JS_AddIntrinsicDOMException(ctx))
        __builtin_trap();
    return ctx;
}

EXPORT("iv_init") void iv_init(void)
{
    runtime = JS_NewRuntime();
    JS_SetMaxStackSize(runtime, 0);
    solution = new_context();
    harness = new_context();
    JSValue realm = open_realm(solution, realm_source, realm_source_length, "realm.js", realm_natives,
                               sizeof realm_natives / sizeof realm_natives[0], JS_UNDEFINED);
    load_function = JS_GetPropertyStr(solution, realm, "moduleSource");
    JSValue doors = open_realm(harness, harness_source, harness_source_length, "harness.js", harness_natives,
                               sizeof harness_natives / sizeof harness_natives[0], realm);
    run_function = JS_GetPropertyStr(harness, doors, "run");
    exited_function = JS_GetPropertyStr(harness, doors, "exited");
    schedule_function = JS_GetPropertyStr(harness, doors, "schedule");
    cancel_function = JS_GetPropertyStr(harness, doors, "cancel");
    JS_SetHostPromiseRejectionTracker(runtime, track_rejection, NULL);
    JS_SetModuleLoaderFunc(runtime, NULL, load_module, NULL);
    JS_RunGC(runtime);
}

EXPORT("iv_alloc") void *iv_alloc(uint32_t length)
{
    return malloc(length);
}

#define STATIC_REPLY(name, text) static const struct { uint32_t length; char bytes[sizeof text - 1]; } name = { sizeof text - 1, text }
STATIC_REPLY(reply_memory_limit, "{\"status\":\"memory_limit\"}");

static const char *reply_with(JSValue text)
{
    size_t length;
    const char *bytes = JS_IsException(text) ? NULL : JS_ToCStringLen(harness, &length, text);
    char *reply = bytes ? malloc(length + sizeof(uint32_t)) : NULL;
    /* The harness catches everything that code can throw, so what is left is a heap without room for the reply. */
    if (!reply)
        return (const char *)&reply_memory_limit;
    uint32_t prefix = (uint32_t)length;
    memcpy(reply, &prefix, sizeof prefix);
    memcpy(reply + sizeof prefix, bytes, length);
    return reply;
}

/* Job text in, pointer to { u32 length; bytes } of the reply text out. Called once in the life of an instance. */
EXPORT("iv_run") const char *iv_run(const char *job, uint32_t length)
{
    JS_UpdateStackTop(runtime);
    JS_SetMaxStackSize(runtime, STACK_LIMIT_BYTES);
    JSValue text = JS_NewStringLen(harness, job, length);
    JSValue reply = JS_Call(harness, run_function, JS_UNDEFINED, 1, (JSValueConst *)&text);
    if (JS_IsException(reply) && exited) {
        JS_FreeValue(harness, JS_GetException(harness));
        JSValue code = JS_NewInt32(harness, exit_code);
        reply = JS_Call(harness, exited_function, JS_UNDEFINED, 1, (JSValueConst *)&code);
    }
    return reply_with(reply);
}
