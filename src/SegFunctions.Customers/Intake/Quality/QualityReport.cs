using System.Text.Json.Serialization;
using SegFunctions.Customers.Intake.Drift;
using SegFunctions.Customers.Intake.Sensitive;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>What intake found in a file. It holds no raw id and no direct identifier.</summary>
public sealed record QualityReport
{
    /// <summary>Name of the file.</summary>
    public required string File { get; init; }

    /// <summary>Of the file's bytes as they were read, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes read.</summary>
    public required long Bytes { get; init; }

    public required string Dataset { get; init; }

    /// <summary>How the dataset was recognised: <c>--dataset</c>, <c>folder</c>, <c>mapping</c> or <c>headers</c>.</summary>
    public required string Evidence { get; init; }

    /// <summary>Namespace of the customer ids.</summary>
    public required string Source { get; init; }

    /// <summary>What the file looks like: its format, delimiter, encoding, compression, and how dates without offset were read.</summary>
    public required IReadOnlyDictionary<string, string> Format { get; init; }

    public required RowCounts Rows { get; init; }

    /// <summary>Distinct customers in accepted rows.</summary>
    public required DistinctCount Customers { get; init; }

    /// <summary>Lines of each kind in accepted rows: <c>purchase</c>, <c>return</c>, <c>free</c>; empty for other datasets than orders.</summary>
    public required IReadOnlyDictionary<string, long> Kinds { get; init; }

    /// <summary>Refused rows by rule; the sum is <see cref="RowCounts.Refused"/>. A row that breaks several rules counts for the first.</summary>
    public required IReadOnlyList<RuleCount> RefusedByRule { get; init; }

    /// <summary>Accepted rows (before duplicates are dropped) that a rule warns of, and doubts about whole columns.</summary>
    public required IReadOnlyList<RuleCount> Warnings { get; init; }

    /// <summary>Values put right.</summary>
    public required IReadOnlyList<RuleCount> Repairs { get; init; }

    public required IReadOnlyList<ColumnReport> Columns { get; init; }

    /// <summary>Values that the mapping gives to all rows; null where it gives none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConstantCount>? Constants { get; init; }

    /// <summary>Columns that look like secrets, national ids or special categories of personal data, refused or allowed by name.</summary>
    public IReadOnlyList<SensitiveColumn> Sensitive { get; init; } = [];

    /// <summary>Columns with numbers far from all others. They are flagged, not removed.</summary>
    public IReadOnlyList<OutlierCount> Outliers { get; init; } = [];

    /// <summary>Rows drawn at random for people to look at.</summary>
    public ReviewSample Review { get; init; } = ReviewSample.Empty;

    /// <summary>How good the file is, in one letter, and why.</summary>
    public QualityGrade? Grade { get; init; }

    /// <summary>How the file differs from the earlier ones; null where nothing was there to compare it with.</summary>
    public DriftReport? Drift { get; init; }

    /// <summary>The upload whose refused rows this file corrects; null for an ordinary file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Corrects { get; init; }
}

/// <summary>Read = accepted + refused + duplicates + corrected, always.</summary>
public sealed record RowCounts(long Read, long Accepted, long Refused, long Duplicates)
{
    /// <summary>Rows that were refused, and whose corrected form was accepted (or found to be a duplicate) from a later file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Corrected { get; init; }
}

/// <summary>How many values are distinct: exactly, or estimated (HyperLogLog, standard error 0.8 %) where there are many.</summary>
public sealed record DistinctCount(long Count, bool Exact);

/// <summary>How often a rule was broken in one column, and on which lines, for example.</summary>
/// <param name="Column">Header of the column; empty where the rule is about the whole record.</param>
/// <param name="Lines">1-based and rising, at most five: the first of all, and others drawn from the whole file.</param>
public sealed record RuleCount(string Rule, string Column, long Count, string Message, IReadOnlyList<long> Lines);

/// <summary>A value that the mapping gives to all rows of the file which say nothing of the field themselves.</summary>
/// <param name="Value">As canonical rows have it.</param>
/// <param name="Rows">Accepted rows (before duplicates are dropped) that have it from there.</param>
public sealed record ConstantCount(string Field, string Value, long Rows);

/// <summary>One column of the file: how it was read and what it holds, over all records that could be read into fields.</summary>
public sealed record ColumnReport
{
    /// <summary>1-based.</summary>
    public required int Position { get; init; }

    public required string Header { get; init; }

    /// <summary>The field it was read into; null for an attribute and an ignored column.</summary>
    public string? Field { get; init; }

    /// <summary><c>field</c>, <c>attribute</c>, <c>sealed</c>, <c>ignored</c> or <c>refused</c> (it may not be stored; see <see cref="QualityReport.Sensitive"/>).</summary>
    public required string Use { get; init; }

    /// <summary>Why it was read so: <c>mapping</c>, <c>header</c>, or empty.</summary>
    public required string Evidence { get; init; }

    /// <summary>How its values were read: the order of day and month, the decimal sign, point zero removed; null where there was nothing to decide.</summary>
    public string? Reading { get; init; }

    /// <summary>Share of records without a value, 0 to 1.</summary>
    public required double Missing { get; init; }

    public required DistinctCount Distinct { get; init; }

    /// <summary>Values that repeat an earlier value of the column; as exact as <see cref="Distinct"/>.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Smallest number or earliest moment as canonical rows write it; null for texts and identifiers.</summary>
    public string? Minimum { get; init; }

    /// <summary>Largest number or latest moment.</summary>
    public string? Maximum { get; init; }

    /// <summary>Share of records with a value, 0 to 1.</summary>
    public double Completeness { get; init; }

    /// <summary>Share of the values that no rule refuses, drops or warns of, 0 to 1; a refused row counts against the column of its first fault.</summary>
    public double Validity { get; init; } = 1;

    /// <summary>Distinct values as a share of all values, 0 to 1; as exact as <see cref="Distinct"/>.</summary>
    public double Uniqueness { get; init; }

    /// <summary>Days from the newest moment of the column to the arrival of the file; null where it holds no moments or the arrival is not known.</summary>
    public double? AgeDays { get; init; }

    /// <summary>How its numbers are spread; null for other columns.</summary>
    public NumberProfile? Numbers { get; init; }

    /// <summary>Its words and how often each stands there, most frequent first; null where there are many, or where they could tell who a person is.</summary>
    public IReadOnlyList<CategoryCount>? Categories { get; init; }
}
