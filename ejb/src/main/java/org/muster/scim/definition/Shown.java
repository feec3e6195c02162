package org.muster.scim.definition;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A definition as it is shown.
 *
 * @param name the URN of a schema, or the name of a type
 * @param version that of its last change; 0 if it is built in
 * @param json not to be changed
 */
public record Shown(String name, long version, JsonNode json) {}
