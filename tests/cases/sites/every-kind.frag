Each kind of site that plain Rust has.
checks: site
-- src/lib.rs --
pub fn read(p: *const u8) -> u8 {
    unsafe { *p }                                   //~ site:unsafe-block
}
pub unsafe fn free(p: *mut u8) {}                   //~ site:unsafe-fn
unsafe impl Send for Handle {}                      //~ site:unsafe-impl
pub unsafe trait Zeroable {}                        //~ site:unsafe-trait
extern "C" {                                        //~ site:extern-block
    fn store_put(n: u32) -> i32;                    //~ site:foreign-fn
    static store_version: i32;                      //~ site:foreign-static
    type StoreOpaque;                               //~ site:foreign-type
}
extern "C" fn on_event(code: i32) {}                //~ site:callback
static mut COUNTER: u32 = 0;                        //~ site:static-mut
#[repr(C)]
union Word { whole: u32, bytes: [u8; 4] }           //~ site:union
#[unsafe(link_section = ".init")]
static START: u32 = 1;                              //~ site:unsafe-attribute
fn pause() {
    unsafe { core::arch::asm!("pause") }            //~ site:unsafe-block site:inline-asm
}
core::arch::global_asm!(".globl boot_entry", "boot_entry: ret"); //~ site:global-asm
#[no_mangle]
pub extern "C" fn store_open() -> i32 { 0 }         //~ site:export
