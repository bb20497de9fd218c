unsafe fn hits(list: &mut Vec<u8>) {
    list.set_len(4); //~ set-len
    self.buffer.set_len(list.len() + 1); //~ set-len
    list.set_len(/* grown */ n); //~ set-len
    Vec::set_len(&mut list, 4); //~ set-len
    list.inc_len(1); //~ set-len
}

fn near_misses(file: &File) {
    file.set_len(0);
    self.log_file.set_len(0);
    self.as_file().set_len(0);
    list.len();
    list.resize(4, 0);
    set_len(4);
}
