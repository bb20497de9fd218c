C holds a pointer and never looks behind it: what stands there needs no form in C. A wide pointer has none.
checks: verdict
-- src/lib.rs --
#[repr(transparent)]
pub struct Call<'a> { underlying: Pin<Box<dyn Future<Output = ()> + 'a>> }
#[no_mangle]
pub extern "C" fn call_poll(call: &mut Call) -> bool { true }                //~ verdict:agrees
#[no_mangle]
pub extern "C" fn call_delete(call: Box<Call>) {}                            //~ verdict:agrees
#[no_mangle]
pub extern "C" fn call_name(name: &str) {}                                   //~ verdict:breaks
#[no_mangle]
pub extern "C" fn call_run(call: Box<dyn Future<Output = ()>>) {}            //~ verdict:breaks
-- c/call.h --
typedef struct call call_t;
bool call_poll(call_t *call);
void call_delete(call_t *call);
void call_name(const char *name);
void call_run(call_t *call);
