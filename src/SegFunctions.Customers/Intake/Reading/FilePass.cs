using System.Collections.Concurrent;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Sensitive;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Reads a file once from start to end: this thread reads and puts results away in file order, others check and convert.</summary>
/// <param name="keepsRows">Accepted rows and the quarantine wait to be settled; else rows are only checked and counted.</param>
internal sealed class FilePass(IntakeOptions options, IntakeRequest request, CustomerKeyDerivation keys, RowHash hash, ReadingMemory? memory, SensitiveColumns sensitive, bool keepsRows) : IDisposable
{
    /// <summary>Batches that are converted or wait for it: with one alone, a worker would wait while the next is read.</summary>
    private const int BatchesForEachWorker = 2;

    private readonly SpillStore _store = new(options.MemoryBudget, options.TemporaryFolder);
    private readonly CustomerKeyCaches _caches = new(keys, request.Mapping, request.Erased);
    private readonly ConcurrentBag<RowConverter> _converters = [];
    private readonly ConcurrentBag<BatchResult> _results = [];
    private readonly List<ColumnReading> _preferred = [];
    private readonly List<ColumnReading> _current = [];
    private readonly AttributeNames _attributes = new(hash);
    private readonly AttributeNames _sealedAttributes = new(hash);
    private ReadingInference? _inference;
    private FilePlan? _plan;

    /// <summary>Accepted rows by the first byte of their key.</summary>
    public RowBucket[] Buckets { get; private set; } = [];

    /// <summary>Lines of the quarantine.</summary>
    public SpillList? Quarantine { get; private set; }

    public SpillStore Store => _store;

    /// <summary>When the file arrived, UTC.</summary>
    public DateTime? ReceivedAt => request.ReceivedAt;

    /// <summary>Which columns may not be stored, and why.</summary>
    public SensitiveColumns Sensitive => sensitive;

    public FilePlan Plan => _plan!;

    public string Evidence { get; private set; } = "";

    public FileFormat? Format { get; private set; }

    /// <summary>The first values of each column, as they stand in the file.</summary>
    public string[][] Samples { get; private set; } = [];

    /// <summary>Words that packed rows name by number.</summary>
    public FrequentWords Words { get; } = new();

    public AttributeNames Attributes => _attributes;

    public AttributeNames SealedAttributes => _sealedAttributes;

    public RowTotals Totals { get; } = new();

    public string Sha256 { get; private set; } = "";

    public long Bytes { get; private set; }

    /// <summary>Reads the file; null when it was read to its end, else what to try in the next pass.</summary>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be read; the message is fit for its sender.</exception>
    public async Task<ReadingMemory?> RunAsync(CancellationToken cancellationToken)
    {
        Buckets = [.. Enumerable.Range(0, RowIndexFormat.Buckets).Select(bucket => new RowBucket(_store, (byte)bucket))];
        Quarantine = _store.NewList();
        var mapping = request.Mapping;
        var content = new HashingStream(await request.OpenAsync(cancellationToken));
        await using var file = await RecordReaders.OpenAsync(
            content,
            request.FileName,
            new RecordReaderOptions
            {
                Format = request.Format,
                Delimiter = mapping.Delimiter,
                HasHeader = mapping.Header,
                Encoding = mapping.Encoding,
                Sheet = mapping.Sheet,
                Entry = mapping.Entry,
                ArrayPath = mapping.ArrayPath,
                TakesMarksOff = true,
                TemporaryFolder = options.TemporaryFolder,
                Fits = headers => DatasetRecognition.Fits(headers, mapping, request.Dataset ?? request.Folder),
            },
            cancellationToken);
        Format = file.Format;

        var sample = new Queue<RecordBatch>();
        ReadingMemory? retry;
        try
        {
            await SampleAsync(file, sample, cancellationToken);
            MakePlan(file, [.. sample]);
            retry = await ConvertAsync(file.Reader, sample, cancellationToken);
        }
        finally
        {
            foreach (var batch in sample)
                batch.Dispose();
        }

        if (retry is not null)
            return retry;
        Sha256 = await content.FinishAsync(cancellationToken);
        Bytes = content.BytesRead;
        foreach (var converter in _converters)
            Totals.Merge(converter.Totals);
        foreach (var repair in file.Reader.Repairs)
            Totals.Repairs.AddForColumn(repair.Rule.Id, repair.Column, repair.Count, $"{repair.Rule.Title}. {repair.Rule.Cure}", repair.Lines);
        if (sensitive.FindMore(Plan.Columns, Totals))
            return new ReadingMemory(_preferred, _current);
        if (ColumnVerdicts.Torn(Plan, Totals) is { Count: > 0 } torn)
            return new ReadingMemory(_preferred, _current).After(torn);
        ColumnVerdicts.DemandOrders(request.FileName, Plan, Totals);
        ColumnVerdicts.AddFindings(Plan, Totals);
        return null;
    }

    public void Dispose()
    {
        _caches.Dispose();
        _store.Dispose();
    }

    private async Task SampleAsync(OpenedFile file, Queue<RecordBatch> sample, CancellationToken cancellationToken)
    {
        for (var records = 0; records < options.SampleRecords;)
        {
            if (await file.Reader.ReadAsync(cancellationToken) is not { } batch)
                break;
            sample.Enqueue(batch);
            records += batch.Count;
        }

        if (sample.Count == 0)
            throw new UnreadableFileException($"{request.FileName} has columns but no rows below them. Export it again with its data.");
    }

    private void MakePlan(OpenedFile file, IReadOnlyList<RecordBatch> sample)
    {
        var headers = HeadersOf(file.Reader);
        var recognition = DatasetRecognition.Recognise(request.FileName, headers, request.Mapping, request.Dataset, request.Folder);
        Evidence = recognition.Evidence;
        var values = new ColumnSample(sample, options.SampleRecords);
        var columns = ColumnContest.Settle(request.FileName, recognition.Dataset, recognition.Columns, values);
        columns = sensitive.Apply(request.FileName, recognition.Dataset, columns, 0, sample, options.SampleRecords);
        _inference = new ReadingInference(recognition.Dataset, request.Mapping, file.Format.Delimiter, columns, values);
        Samples = FileExplainer.SamplesOf(columns, values);
        MakePlan(recognition.Dataset, columns);
        FieldConstants.DemandOneCurrency(request.FileName, Plan);

        // Columns that turn up later have no sample; its batches will be gone by then.
        _inference = new ReadingInference(recognition.Dataset, request.Mapping, file.Format.Delimiter, columns, ColumnSample.None);
    }

    /// <summary>Names of the columns; what was garbled on its way is put right.</summary>
    private static string[] HeadersOf(RecordReader reader) => [.. reader.Header.Select(Mojibake.Repair)];

    private void MakePlan(Dataset dataset, PlannedColumn[] columns)
    {
        for (var column = _current.Count; column < columns.Length; column++)
        {
            var isRemembered = memory is not null && column < memory.Current.Count;
            var inferred = isRemembered ? default : _inference!.Of(columns[column]);
            if (!isRemembered && request.Readings is { } readings)
                inferred = readings.Of(columns[column], inferred);
            _preferred.Add(isRemembered ? memory!.Preferred[column] : inferred);
            _current.Add(isRemembered ? memory!.Current[column] : inferred);
        }

        var latest = request.ReceivedAt is { } received ? received.AddDays(1) : new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        _plan = new FilePlan(dataset, request.Mapping, columns, [.. _current], _attributes, _sealedAttributes, Format!.Format is RecordFormat.Ndjson or RecordFormat.Json, Format.Delimiter, latest);
    }

    private async Task<ReadingMemory?> ConvertAsync(RecordReader reader, Queue<RecordBatch> sample, CancellationToken cancellationToken)
    {
        var inFlight = new Queue<Task<BatchResult>>();
        try
        {
            while (true)
            {
                var batch = sample.Count > 0 ? sample.Dequeue() : await reader.ReadAsync(cancellationToken);
                if (batch is null)
                    break;
                if (reader.Header.Count > Plan.Columns.Length)
                {
                    var grown = ColumnMatching.Plan(Plan.Dataset, request.Mapping, HeadersOf(reader), Plan.Columns);
                    MakePlan(Plan.Dataset, sensitive.Apply(request.FileName, Plan.Dataset, grown, Plan.Columns.Length, [], 0));
                }

                var plan = Plan;
                inFlight.Enqueue(Task.Run(() => Convert(batch, plan), CancellationToken.None));
                if (inFlight.Count > BatchesForEachWorker * options.Workers && await PutAwayAsync(inFlight.Dequeue()) is { } retry)
                    return retry;
                cancellationToken.ThrowIfCancellationRequested();
            }

            while (inFlight.Count > 0)
            {
                if (await PutAwayAsync(inFlight.Dequeue()) is { } retry)
                    return retry;
            }

            return null;
        }
        finally
        {
            // Batches belong to the reader's pool: no worker may hold one when the reader goes.
            foreach (var task in inFlight)
                await task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private BatchResult Convert(RecordBatch batch, FilePlan plan)
    {
        using (batch)
        {
            var converter = _converters.TryTake(out var idle) ? idle : new RowConverter(plan, keys, _caches, hash, request.Erased, keepsRows ? Words : null);
            var result = _results.TryTake(out var used) ? used : new BatchResult();
            result.Clear();
            converter.Convert(batch, plan, result);
            _converters.Add(converter);
            return result;
        }
    }

    /// <summary>Stores what a worker made. Results come in file order, so buckets and quarantine do not depend on the number of workers.</summary>
    private async Task<ReadingMemory?> PutAwayAsync(Task<BatchResult> task)
    {
        var result = await task;
        if (result.Contradictions.Count > 0)
            return new ReadingMemory(_preferred, _current).After(result.Contradictions);
        result.PutInto(Buckets);
        if (keepsRows && result.Quarantine.Length > 0)
            Quarantine!.Add(result.Quarantine.Written);
        _results.Add(result);
        return null;
    }
}
