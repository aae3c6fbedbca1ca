using SegFunctions.Customers.Intake.Rows;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What a finding says to the file's sender. It never holds the value itself: that may name a person.</summary>
internal static class RuleMessages
{
    public static string Of(FilePlan plan, Finding finding)
    {
        if (finding.Field < 0)
            return finding.Rule.Title + ".";
        var field = plan.Dataset.Fields[finding.Field];
        var column = plan.ColumnOfField[finding.Field];
        var header = column < 0 ? "" : $" (column \"{plan.Columns[column].Header.Trim()}\")";
        if (finding.Fault != ValueFault.None)
            return $"{field}{header} {finding.Fault.Describe()}.";
        if (finding.Rule == DataRules.Required)
        {
            var group = plan.Dataset.Fields.Where(other => field.GroupRequired && other.Group == field.Group).Select(other => other.Name).ToList();
            return group.Count > 1 ? $"{string.Join(" or ", group)}{header} is missing." : $"{field}{header} is missing.";
        }

        if (finding.Rule == DataRules.ChoiceUnknown)
            return $"{field}{header} must be one of {string.Join(", ", field.Choices.Select(choice => choice.Value))}.";
        if (finding.Rule == DataRules.OutOfRange || finding.Rule == DataRules.ValueDropped)
        {
            return field.Minimum is { } minimum
                ? $"{field}{header} must lie between {minimum} and {field.Maximum}."
                : $"{field}{header} must lie between 1900-01-01 and {(field.MayBeFuture ? DateTime.MaxValue : plan.Latest):yyyy-MM-ddTHH:mm:ssZ}.";
        }

        if (finding.Rule == DataRules.DefaultUsed)
            return $"{field}{header} is empty and was read as {field.Default}.";
        return $"{field}{header}: {char.ToLowerInvariant(finding.Rule.Title[0])}{finding.Rule.Title[1..]}.";
    }
}
