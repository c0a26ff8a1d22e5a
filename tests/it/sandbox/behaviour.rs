use super::*;
#[tokio::test]
async fn first() {
    for (l, src) in [
        (
            Language::Python,
            "def solve(a, b):\n    print('hi')\n    return a + b",
        ),
        (
            Language::Javascript,
            "function solve(a, b) { console.log('hi'); return a + b; }",
        ),
    ] {
        println!("{:?}", run(solve(l, src, vec![json!(1), json!(2)])).await);
        println!("{:?}", run(script(l, "while True: pass", "")).await);
        println!("{:?}", run(script(l, "while (true);", "")).await);
    }
}
