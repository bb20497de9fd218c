unsafe fn hits(value: &mut T) {
    Pin::new_unchecked(value); //~ pin-unchecked
    std::pin::Pin::<&mut T>::new_unchecked(value); //~ pin-unchecked
    Pin::get_unchecked_mut(value); //~ pin-unchecked
    Pin::into_inner_unchecked(value); //~ pin-unchecked
    self.get_unchecked_mut(); //~ pin-unchecked
    self.as_mut().map_unchecked_mut(|this| &mut this.field); //~ pin-unchecked
    pinned.map_unchecked(project); //~ pin-unchecked
}

fn near_misses(value: &mut T) {
    Pin::new(value);
    Box::pin(value);
    list.get_unchecked_mut(0); //~ get-unchecked
    pinned.get_mut();
}
