using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>Why a line of orders cannot be counted.</summary>
public enum RefusedOrder
{
    /// <summary>The record itself is broken, or has too few fields.</summary>
    Broken,

    /// <summary>No customer stands in it.</summary>
    NoCustomer,

    /// <summary>No date, or one that cannot be read.</summary>
    NoDate,

    /// <summary>No amount, or one that cannot be read.</summary>
    NoAmount,

    /// <summary>An amount below 0: a return or a correction, which is no order.</summary>
    Negative,
}

/// <summary>Lines refused for one reason.</summary>
/// <param name="First">The first few: line of the file and what stands there.</param>
public sealed record RefusedOrders(RefusedOrder Reason, long Count, IReadOnlyList<(long Line, string Text)> First);

/// <summary>What the columns of a file of orders were taken for.</summary>
/// <param name="Customer">As the header spells it; the 1-based position in a file without header.</param>
/// <param name="Amount">null when no column holds amounts; <c>quantity × price</c> where two make one.</param>
/// <param name="Guessed">A column was chosen by its values alone.</param>
/// <param name="DayOrderOpen">Dates may be read day first or month first, and the day was taken; why, in words.</param>
public sealed record PurchaseColumns(string Customer, string Date, string? Amount, bool Guessed, string? DayOrderOpen);

/// <summary>A file of orders as it was read.</summary>
/// <param name="Ids">Of the customers of the log, exactly as the file writes them.</param>
/// <param name="Lines">Lines with data, refused ones included.</param>
public sealed record PurchaseFile(PurchaseLog Log, IReadOnlyList<string> Ids, long Lines, PurchaseColumns Columns, IReadOnlyList<RefusedOrders> Refused)
{
    /// <summary>Reads a file of orders of any form: CSV in every dialect, blank-separated, with or without header, NDJSON, Excel, plain or gzip. Memory grows with the orders, not with the file's width.</summary>
    /// <exception cref="UnreadableFileException">The file cannot be read.</exception>
    /// <exception cref="PurchaseColumnsException">The columns of customer, date or amount cannot be told; the message names the candidates.</exception>
    public static async Task<PurchaseFile> ReadAsync(string path, PurchaseFileOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
        await using var file = await RecordReaders.OpenAsync(content, Path.GetFileName(path), options.Records, cancellationToken);
        var sample = new Queue<RecordBatch>();
        try
        {
            for (var records = 0; records < options.SampleRecords;)
            {
                if (await file.Reader.ReadAsync(cancellationToken) is not { } batch)
                    break;
                sample.Enqueue(batch);
                records += batch.Count;
            }

            var reading = new PurchaseReading(PurchaseColumnChoice.Of(file, sample, options, Path.GetFileName(path)));
            while (sample.TryDequeue(out var batch))
            {
                using (batch)
                    reading.Add(batch);
            }

            while (await file.Reader.ReadAsync(cancellationToken) is { } batch)
            {
                using (batch)
                    reading.Add(batch);
                cancellationToken.ThrowIfCancellationRequested();
            }

            return reading.Result();
        }
        finally
        {
            foreach (var batch in sample)
                batch.Dispose();
        }
    }
}

/// <summary>The columns of a file of orders cannot be told apart; the message says which ones there are and how to name them.</summary>
public sealed class PurchaseColumnsException(string message) : Exception(message);
