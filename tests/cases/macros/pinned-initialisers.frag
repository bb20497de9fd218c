The kernel's initialisers: `<-` between a field and its value.
checks: site
-- src/lib.rs --
fn new() -> impl PinInit<Self> {
    try_pin_init!(Self {
        lock <- new_mutex!(0),
        // SAFETY: the closure fills the slot.
        raw <- unsafe { pin_init_from_closure(move |slot| init(slot)) },  //~ site:unsafe-block
        count: 0,
        _: { unsafe { touch() } },                  //~ site:unsafe-block
    }? Error)
}
