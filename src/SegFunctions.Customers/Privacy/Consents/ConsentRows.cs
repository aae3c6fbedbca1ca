using System.Text;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Privacy.Consents;

/// <summary>Reads canonical rows of the dataset <c>consents</c>.</summary>
public static class ConsentRows
{
    /// <summary>All statements of a part, in the order of its rows.</summary>
    /// <param name="canonical">Belongs to the method and is disposed.</param>
    /// <exception cref="InvalidDataException">It is no file of canonical consents.</exception>
    public static async IAsyncEnumerable<(CustomerKey Customer, ConsentPurpose Purpose, ConsentRecord Record)> ReadAsync(
        Stream canonical, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = await CanonicalReader.OpenAsync(canonical, cancellationToken);
        var columns = new Columns(
            rows.RequiredColumn("purpose"), rows.RequiredColumn("status"), rows.RequiredColumn("timestamp"), rows.RequiredColumn("source"), rows.RequiredColumn("expires"), rows.RequiredColumn("proof"));
        while (await rows.FillAsync(cancellationToken))
        {
            while (rows.Next())
                yield return Read(rows, columns);
        }
    }

    private static (CustomerKey, ConsentPurpose, ConsentRecord) Read(CanonicalReader rows, Columns columns)
    {
        if (!CustomerKey.TryParse(rows.RawField(0), out var customer)
            || !ConsentPurposes.TryParse(rows.Field(columns.Purpose), out var purpose)
            || !CanonicalTime.TryParse(rows.RawField(columns.Timestamp), out var at))
        {
            throw new InvalidDataException("A row of canonical consents has no customer key, purpose or timestamp. Take the upload in again.");
        }

        DateTime? expires = CanonicalTime.TryParse(rows.RawField(columns.Expires), out var end) ? end : null;
        return (customer, purpose, new ConsentRecord(rows.RawField(columns.Status).SequenceEqual("granted"u8), at, Text(columns.Source), expires, Text(columns.Proof)));

        string? Text(int column) => rows.Field(column) is { Length: > 0 } text ? Encoding.UTF8.GetString(text) : null;
    }

    private readonly record struct Columns(int Purpose, int Status, int Timestamp, int Source, int Expires, int Proof);
}
