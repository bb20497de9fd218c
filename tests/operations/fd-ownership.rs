unsafe fn hits(fd: RawFd) {
    File::from_raw_fd(fd); //~ fd-ownership
    std::os::fd::OwnedFd::from_raw_fd(fd); //~ fd-ownership
    <OwnedFd as FromRawFd>::from_raw_fd(fd); //~ fd-ownership
    BorrowedFd::borrow_raw(fd); //~ fd-ownership
    BorrowedHandle::borrow_raw(handle); //~ fd-ownership
    OwnedHandle::from_raw_handle(handle); //~ fd-ownership
    TcpStream::from_raw_socket(socket); //~ fd-ownership
    file.into_raw_fd(); //~ fd-ownership
    IntoRawFd::into_raw_fd(file); //~ fd-ownership
    file.map(File::into_raw_fd); //~ fd-ownership
    handle.into_raw_handle(); //~ fd-ownership
}

fn near_misses(file: &File) {
    file.as_raw_fd();
    file.as_fd();
    Widget::borrow_raw(p);
    OwnedFd::from(file);
}
