A comment above an arm, a chained call, an `else`, a tail expression.
checks: site safety
-- src/lib.rs --
fn f(p: *const u8, n: u8) -> u8 {
    let x = match n {
        // SAFETY: the arm's own.
        0 => unsafe { *p },                         //~ site:unsafe-block safety:comment
        1 => unsafe { *p.add(1) },                  //~ site:unsafe-block
        _ => 0,
    };
    let y = values()
        .iter()
        // SAFETY: in the middle of a chain.
        .map(|v| unsafe { *p.add(*v) })             //~ site:unsafe-block safety:comment
        .sum();
    // SAFETY: about the condition.
    if unsafe { *p } == 0 {                         //~ site:unsafe-block safety:comment
        return unsafe { *p };                       //~ site:unsafe-block
    }
    x + y
}
