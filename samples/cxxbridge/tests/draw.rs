// SPDX-License-Identifier: Apache-2.0
use canvas::Canvas;

#[test]
fn a_filled_row_has_the_colour() {
    let mut canvas = Canvas::new(3, 2).unwrap();
    assert_eq!(canvas.fill(1, 101), 100);
    assert_eq!(canvas.row(1), [0x11, 0x11, 0x11, 0xff].repeat(3));
    assert!(canvas.row(2).is_empty());
}

#[test]
fn decode_refuses_strange_files() {
    assert!(Canvas::decode(b"GIF89a").is_err());
    let mut canvas = Canvas::decode(b"CV\x04\x00\x01\x00").unwrap();
    assert_eq!(canvas.pixels().len(), 16);
    canvas.rename("sky");
    assert_eq!(canvas.title(), "sky");
}
