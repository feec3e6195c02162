package org.muster.scim.filter;

import java.util.Optional;
import java.util.regex.Pattern;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.ResourceType;

/**
 * Parses the path of a PATCH operation (RFC 7644 figure 7): 400 invalidPath if it is malformed or
 * names nothing, 400 invalidFilter if its value filter is wrong.
 */
public final class PatchPathParser {
  private static final String IGNORED = "no schema defines it: it was ignored";

  // An attribute's name with what may stand before and behind it (RFC 7644 section 3.10)
  private static final Pattern NAME = Pattern.compile("[A-Za-z$][A-Za-z0-9$_.:/-]*");

  private PatchPathParser() {}

  /**
   * What {@code text} names in resources of a type, within the usual limits.
   *
   * @throws ScimException 400 invalidPath or invalidFilter
   */
  public static PatchPath parse(ResourceType type, String text) {
    return parse(type, text, Leniency.NONE, Limits.USUAL);
  }

  /**
   * What {@code text}, which may deviate from the RFC, names in resources of a type.
   *
   * @param limits bound the path and its filter as they bound the filter of a search
   * @throws ScimException 400 invalidPath or invalidFilter
   */
  public static PatchPath parse(ResourceType type, String text, Leniency leniency, Limits limits) {
    FilterReader reader =
        new FilterReader(text.strip(), ScimException.Type.INVALID_PATH, limits.filterLength());
    PatchPath path =
        find(type, reader.word(), leniency)
            .orElseThrow(
                () ->
                    reader.failure(
                        0,
                        "there is no attribute of that name; one of an extension needs its URN in"
                            + " front"));
    if (reader.atEnd()) {
      return path;
    }
    if (!reader.take('[')) {
      throw reader.failure(reader.position(), "'[' or the end is expected");
    }
    if (path instanceof PatchPath.OfExtension of) {
      throw reader.failure(0, of.extension().schema().id() + " is an extension as a whole");
    }
    return path instanceof PatchPath.OfAttribute of
        ? filtered(reader, of.path(), leniency, limits)
        : path;
  }

  /** What a path without brackets names; empty if nothing, unless the profile ignores that. */
  public static Optional<PatchPath> find(ResourceType type, String name, Leniency leniency) {
    Optional<PatchPath> extension =
        AttributePaths.extensionOf(type, name).map(PatchPath.OfExtension::new);
    return extension
        .or(() -> LenientNames.resolve(type, name, leniency).map(PatchPathParser::plain))
        .or(
            () ->
                NAME.matcher(name).matches()
                        && leniency.coerces(Switch.IGNORE_UNKNOWN, name, IGNORED)
                    ? Optional.of(new PatchPath.Unknown())
                    : Optional.empty());
  }

  private static PatchPath plain(AttributePath path) {
    return new PatchPath.OfAttribute(path, Optional.empty());
  }

  private static PatchPath filtered(
      FilterReader reader, AttributePath path, Leniency leniency, Limits limits) {
    if (!FilterParser.canHaveBrackets(path)) {
      throw reader.failure(0, path + " has no elements that a filter in brackets could select");
    }
    Filter filter = FilterParser.bracket(reader, path, leniency, limits);
    AttributePath target = path;
    if (reader.take('.')) {
      int start = reader.position();
      String name = reader.word();
      Optional<Attribute> sub = path.attribute().sub(name);
      if (sub.isEmpty()) {
        if (reader.atEnd()
            && NAME.matcher(name).matches()
            && leniency.coerces(Switch.IGNORE_UNKNOWN, path + "." + name, IGNORED)) {
          return new PatchPath.Unknown();
        }
        throw reader.failure(start, path + " has no sub-attribute of that name");
      }
      target = new AttributePath(path.extension(), path.attribute(), sub);
    }
    if (!reader.atEnd()) {
      throw reader.failure(reader.position(), "the end is expected");
    }
    return new PatchPath.OfAttribute(target, Optional.of(filter));
  }
}
