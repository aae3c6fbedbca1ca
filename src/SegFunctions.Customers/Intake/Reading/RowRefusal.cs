using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rows;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Sensitive;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Puts refused records into the quarantine, each with its first fault.</summary>
internal sealed class RowRefusal(RowContext context, RowHash hash, ErasedRowCheck erased)
{
    /// <summary>Refuses a record for what was found in its row.</summary>
    public void RefuseRow(RecordBatch batch, int record)
    {
        // The first fault in the order of the fields names the row's rule: every refused row counts once.
        Finding? first = null;
        var others = 0;
        foreach (var finding in context.Row.Findings)
        {
            if (finding.Rule.Severity != RuleSeverity.Refuse)
                continue;
            if (first is null || finding.Field < first.Value.Field)
            {
                others += first is null ? 0 : 1;
                first = finding;
            }
            else
            {
                others++;
            }
        }

        var told = first!.Value;
        var column = told.Field < 0 ? -1 : context.Plan.ColumnOfField[told.Field];
        var message = context.MessageOf(told);
        if (others > 0)
            message = $"{message} ({others} more {(others == 1 ? "fault" : "faults")} in this row.)";
        var value = column < 0 ? default : RowContext.Trimmed(batch, record, column);
        Refuse(batch, record, column, value, told.Rule.Id, message, told.Fault == ValueFault.None ? told.Rule.Cure : told.Fault.Cure());
    }

    /// <summary>Refuses a record.</summary>
    /// <param name="column">0-based, −1 for the record as a whole.</param>
    public void Refuse(RecordBatch batch, int record, int column, ReadOnlySpan<byte> value, string rule, string message, string cure)
    {
        if (erased.AreNamedIn(batch.Raw(record)))
        {
            RefuseErased(batch, record);
            return;
        }

        context.Totals.Refused++;
        var line = batch.Line(record);
        if (batch.Place(record, column) is { } place)
            message = $"{message} ({place})";
        context.Totals.RefusedByRule.Add(rule, column, line, message);
        context.Totals.RefusedSample.Offer(hash.Of(batch.Raw(record)), batch, record, context.Plan, row: null, rule);
        var raw = batch.Raw(record);
        if (context.Plan.HasRefused)
        {
            raw = RecordWithoutRefused.Write(batch, record, context.Plan);
            value = RecordWithoutRefused.IsAligned(batch, record, context.Plan) ? value : default;
        }

        QuarantineLine.Write(context.Result.Quarantine, line, column < 0 ? "" : context.Plan.Columns[column].Header, value, rule, message, cure, raw);
    }

    /// <summary>Nothing of the row is kept, but that it was there.</summary>
    public void RefuseErased(RecordBatch batch, int record)
    {
        var (rule, line) = (DataRules.PersonErased, batch.Line(record));
        context.Totals.Refused++;
        context.Totals.Erased++;
        context.Totals.RefusedByRule.Add(rule.Id, -1, line, rule.Title + ".");
        QuarantineLine.Write(context.Result.Quarantine, line, "", [], rule.Id, rule.Title + ".", rule.Cure, []);
    }
}
