package org.muster.storage;

/**
 * Whether a back end answers.
 *
 * @param detail a sentence for operators; no secret in it
 */
public record Health(boolean up, String detail) {}
