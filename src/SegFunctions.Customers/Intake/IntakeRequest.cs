using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Privacy;

namespace SegFunctions.Customers.Intake;

/// <summary>A file to take in.</summary>
public sealed record IntakeRequest
{
    /// <summary>Name of the file, for messages and the recognition of its format.</summary>
    public required string FileName { get; init; }

    /// <summary>
    /// Opens the file from its start. It is called again when something late in the file shows that its beginning was misread; all calls must give the
    /// same bytes.
    /// </summary>
    public required Func<CancellationToken, Task<Stream>> OpenAsync { get; init; }

    public UploadMapping Mapping { get; init; } = UploadMapping.None;

    /// <summary>The form of the file; null: it is recognised.</summary>
    public RecordFormat? Format { get; init; }

    /// <summary>How columns were read before, where that holds for this file too; null: the values decide.</summary>
    public EarlierReadings? Readings { get; init; }

    /// <summary>The dataset that was asked for by name; goes before all other evidence.</summary>
    public string? Dataset { get; init; }

    /// <summary>Name of the folder under <c>uploads/</c>; evidence when a dataset has that name.</summary>
    public string? Folder { get; init; }

    /// <summary>People whose rows are refused because they asked to be forgotten.</summary>
    public ErasedCustomers Erased { get; init; } = ErasedCustomers.None;

    /// <summary>Which columns that no field claims are kept where the mapping does not say.</summary>
    public KeepPolicy Keep { get; init; } = KeepPolicy.All;

    /// <summary>When the file arrived (UTC): moments more than a day later are refused. Null: moments up to the year 2100 are taken.</summary>
    public DateTime? ReceivedAt { get; init; }
}
