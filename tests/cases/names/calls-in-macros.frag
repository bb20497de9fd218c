A call inside a macro or closure counts; text does not.
checks: call use
-- src/lib.rs --
extern "C" { fn store_put(n: u32) -> i32; }
pub fn f() {
    assert_eq!(unsafe { store_put(1) }, 0);         //~ call:store_put
    let all: Vec<i32> = (0..3).map(|n| unsafe { store_put(n) }).collect();  //~ call:store_put
    let text = "store_put(1)";
    // store_put(2)
}
