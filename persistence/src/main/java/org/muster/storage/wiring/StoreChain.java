package org.muster.storage.wiring;

import org.muster.storage.StorageProvider;
import org.muster.storage.WriteBehind;

/**
 * The document store with whatever is in front of it.
 *
 * @param storage as the services see it
 * @param behind what is acknowledged before the store has it
 */
record StoreChain(StorageProvider storage, WriteBehind behind) {}
