package facelake.eval;

/**
 * Two images of which it is known whether they show one person.
 *
 * @param left name of an image
 * @param right name of another image
 * @param same whether they show one person
 * @param fold the part of the test that the pair is in, from 0
 */
public record VerificationPair(String left, String right, boolean same, int fold) {}
