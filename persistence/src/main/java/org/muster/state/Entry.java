package org.muster.state;

/** An entry as it stands in a leaf. */
record Entry(EntryName name, EntryHash hash) {

  static Entry of(EntryName name, Digest value) {
    return of(name, name.key(), value);
  }

  static Entry of(EntryName name, Digest key, Digest value) {
    return new Entry(name, new EntryHash(key, value, name instanceof EntryName.Link));
  }

  Digest key() {
    return hash.key();
  }
}
