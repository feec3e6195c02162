package org.muster.scim.resource;

import java.util.Map;
import java.util.Optional;
import org.muster.scim.edit.Edit;
import org.muster.storage.StorageKey;

/**
 * A resource that is to be created: its body is judged, its secrets are hashed.
 *
 * @param label what links to it show for it
 */
record Creation(
    View view, StorageKey key, Edit edit, String label, Map<String, Optional<String>> hashed) {}
