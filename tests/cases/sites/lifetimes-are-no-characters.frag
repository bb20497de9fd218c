A lifetime opens no character literal that could hide code behind it.
checks: site
-- src/lib.rs --
struct Slice<'a> { data: &'a [u8] }
impl<'a> Slice<'a> {
    fn first(&'a self) -> &'a u8 {
        let quote = '\u{27}';
        'outer: loop {
            break 'outer unsafe { self.data.get_unchecked(0) }  //~ site:unsafe-block
        }
    }
}
fn after<'b>(x: &'b u8, y: char) -> bool { y == 'b' && y != '"' && y != '\\' }
unsafe fn last() {}                                 //~ site:unsafe-fn
