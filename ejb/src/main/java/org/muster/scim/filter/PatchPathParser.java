package org.muster.scim.filter;

import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.ResourceType;

/**
 * Parses the path of a PATCH operation (RFC 7644 figure 7): 400 invalidPath if it is malformed or
 * names nothing, 400 invalidFilter if its value filter is wrong.
 */
public final class PatchPathParser {
  private PatchPathParser() {}

  /**
   * What {@code text} names in resources of a type.
   *
   * @throws ScimException 400 invalidPath or invalidFilter
   */
  public static PatchPath parse(ResourceType type, String text) {
    FilterReader reader = new FilterReader(text.strip(), ScimException.Type.INVALID_PATH);
    String name = reader.word();
    Optional<PatchPath> extension =
        AttributePaths.extensionOf(type, name)
            .filter(found -> reader.atEnd())
            .map(PatchPath.OfExtension::new);
    if (extension.isPresent()) {
      return extension.get();
    }
    AttributePath path =
        AttributePaths.resolve(type, name)
            .orElseThrow(
                () ->
                    reader.failure(
                        0,
                        "there is no attribute of that name; one of an extension needs its URN in"
                            + " front"));
    if (reader.atEnd()) {
      return new PatchPath.OfAttribute(path, Optional.empty());
    }
    if (!reader.take('[')) {
      throw reader.failure(reader.position(), "'[' or the end is expected");
    }
    return filtered(reader, path);
  }

  private static PatchPath filtered(FilterReader reader, AttributePath path) {
    if (!FilterParser.canHaveBrackets(path)) {
      throw reader.failure(0, path + " has no elements that a filter in brackets could select");
    }
    Filter filter = FilterParser.bracket(reader, path);
    AttributePath target = path;
    if (reader.take('.')) {
      int start = reader.position();
      Attribute sub =
          path.attribute()
              .sub(reader.word())
              .orElseThrow(
                  () -> reader.failure(start, path + " has no sub-attribute of that name"));
      target = new AttributePath(path.extension(), path.attribute(), Optional.of(sub));
    }
    if (!reader.atEnd()) {
      throw reader.failure(reader.position(), "the end is expected");
    }
    return new PatchPath.OfAttribute(target, Optional.of(filter));
  }
}
