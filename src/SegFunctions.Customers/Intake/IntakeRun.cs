using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Sensitive;
using SegFunctions.Customers.Privacy;

namespace SegFunctions.Customers.Intake;

/// <summary>Takes one file in: recognises, checks and converts its rows, drops duplicates, and hands canonical rows, quarantine and report over.</summary>
/// <remarks>
/// <para>Read = accepted + refused + duplicates, always. The same file, mapping, secret and lake give the same bytes, whatever the number of workers and the size of blocks.</para>
/// <para>Memory: <see cref="IntakeOptions.MemoryBudget"/>, plus some tens of megabytes for each worker, plus 100 bytes for each row of the largest of 256 buckets; it does not grow
/// with the file. What does not fit waits in a temporary file that is gone with the process.</para>
/// <para>A file is read again from its start when a late value shows that a column was misread: day and month exchanged, the decimal sign, ids that only seemed to be whole numbers.</para>
/// <para>Raw ids and direct identifiers stand in the sealed identifiers and, where a row was refused, in the quarantine; nowhere else.</para>
/// </remarks>
public sealed class IntakeRun
{
    private readonly CustomerKeyDerivation _keys;
    private readonly IntakeOptions _options;
    private readonly RowHash _hash;

    public IntakeRun(CustomerKeyDerivation keys, IntakeOptions options)
        : this(keys, options, RowHash.Standard)
    {
    }

    internal IntakeRun(CustomerKeyDerivation keys, IntakeOptions options, RowHash hash)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_keys, _options, _hash) = (keys, options, hash);
    }

    /// <summary>Takes a file in, beside what the lake holds already.</summary>
    /// <param name="lake">
    /// Asked when the file has been read and before anything is written: the earlier uploads of the same dataset, oldest first; or null when the lake
    /// holds this very content, and nothing is to be done.
    /// </param>
    /// <returns>Null when <paramref name="lake"/> gave null.</returns>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be taken in; the message names file, place and cure.</exception>
    public async Task<IntakeResult?> RunAsync(
        IntakeRequest request, IntakeOutput output, Func<FileDiscovery, CancellationToken, Task<IReadOnlyList<EarlierUpload>?>> lake, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(lake);
        using var pass = await ReadAsync(request, keepsRows: true, cancellationToken);
        var discovery = new FileDiscovery(pass.Plan.Dataset, pass.Sha256, pass.Bytes, pass.Totals.Erased);
        return await lake(discovery, cancellationToken) is { } earlier ? await SettleAsync(request, pass, output, earlier, cancellationToken) : null;
    }

    /// <summary>Takes a file in where there is no lake to compare with.</summary>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be taken in; the message names file, place and cure.</exception>
    public async Task<IntakeResult> RunAsync(IntakeRequest request, IntakeOutput output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        using var pass = await ReadAsync(request, keepsRows: true, cancellationToken);
        return await SettleAsync(request, pass, output, [], cancellationToken);
    }

    /// <summary>Reads, checks and normalises a file's rows and keeps none: no customer key is made, no duplicate looked for, nothing written.</summary>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be read.</exception>
    public async Task<CheckedRows> CheckAsync(IntakeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var pass = await ReadAsync(request, keepsRows: false, cancellationToken);
        var totals = pass.Totals;
        return new CheckedRows(totals.Read, totals.Refused, new ErasedRows(totals.Erased, totals.ErasedVisitors));
    }

    private async Task<IntakeResult> SettleAsync(IntakeRequest request, FilePass pass, IntakeOutput output, IReadOnlyList<EarlierUpload> lake, CancellationToken cancellationToken)
    {
        var settlement = new RowSettlement(_options, pass, _hash);
        await settlement.SettleAsync(lake, cancellationToken);
        var report = await output.JudgeAsync(ReportBuilder.Build(request, pass, settlement), cancellationToken);
        await WriteAsync(pass, settlement, output, report.Drift is { IsHeld: true }, cancellationToken);
        return new IntakeResult(
            report, settlement.Partitions, settlement.Parts(), settlement.Bytes, pass.Plan.SealsRows && settlement.Accepted > 0, Utc(pass.Totals.Earliest), Utc(pass.Totals.Latest), pass.Store.SpilledBytes)
        { Explanation = FileExplainer.Of(pass) };
    }

    private async Task<FilePass> ReadAsync(IntakeRequest request, bool keepsRows, CancellationToken cancellationToken)
    {
        ReadingMemory? memory = null;
        var sensitive = new SensitiveColumns(request.Mapping, request.Mapping.Keep ?? request.Keep);
        while (true)
        {
            var pass = new FilePass(_options, request, _keys, _hash, memory, sensitive, keepsRows);
            try
            {
                memory = await pass.RunAsync(cancellationToken);
                if (memory is null)
                    return pass;
            }
            catch (UnreadableFileException fault) when (!fault.Message.StartsWith(request.FileName, StringComparison.Ordinal))
            {
                pass.Dispose();
                throw new UnreadableFileException($"{request.FileName}: {fault.Message}", fault);
            }
            catch
            {
                pass.Dispose();
                throw;
            }

            pass.Dispose();
        }
    }

    /// <summary>Writes several partitions at a time and the index beside them, then the quarantine.</summary>
    private async Task WriteAsync(FilePass pass, RowSettlement settlement, IntakeOutput output, bool isHeld, CancellationToken cancellationToken)
    {
        if (!isHeld)
        {
            await Parallel.ForEachAsync(
                WritesOf(pass, settlement, output),
                new ParallelOptions { MaxDegreeOfParallelism = _options.Workers + 1, CancellationToken = cancellationToken },
                static async (write, cancel) => await write(cancel));
        }

        await output.WriteQuarantineAsync(
            async (stream, cancel) =>
            {
                await stream.WriteAsync(QuarantineLine.Header.ToArray(), cancel);
                await pass.Quarantine!.WriteToAsync(stream, cancel);
            },
            cancellationToken);
    }

    private static IEnumerable<Func<CancellationToken, Task>> WritesOf(FilePass pass, RowSettlement settlement, IntakeOutput output)
    {
        // The index is written by one thread: it does not come last, when the others have nothing left to do.
        if (settlement.Accepted > 0)
            yield return cancel => output.WriteRowIndexAsync(settlement.Partitions, settlement.WriteIndexAsync, cancel);
        foreach (var part in settlement.Parts())
        {
            yield return async cancel =>
            {
                await output.WritePartAsync(part, settlement.Partitions, (stream, inner) => settlement.WritePartAsync(part.Partition, stream, inner), cancel);
                if (pass.Plan.SealsRows)
                    await output.WriteIdentifiersAsync(part.Partition, settlement.Partitions, (stream, inner) => settlement.WriteIdentifiersAsync(part.Partition, stream, inner), cancel);
            };
        }
    }

    private static DateTime? Utc(long? ticks) => ticks is { } moment ? new DateTime(moment, DateTimeKind.Utc) : null;
}
