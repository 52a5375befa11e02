/**
 * Names for faces by a gallery, and faces like given ones: {@link facelake.step.tag.NearestGallery}
 * finds the gallery faces near each face, {@link facelake.step.tag.TagChanges} which faces an
 * earlier run has compared already, {@link facelake.step.tag.FaceNames} the names, photo by photo,
 * and {@link facelake.step.tag.LikeFaces} the faces of a lake that are near a few others.
 */
package facelake.step.tag;
