/**
 * What stands in a lake of people who want to be forgotten: {@link facelake.step.forget.Traces}
 * names it, {@link facelake.step.forget.ConcernedRows} finds the rows that must go, {@link
 * facelake.step.forget.Mentions} finds it in any text, and {@link facelake.step.forget.Forgotten}
 * keeps it out afterwards without knowing it.
 */
package facelake.step.forget;
