using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rows;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Privacy;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Checks the records of a batch and turns them into canonical rows or quarantine lines. For one thread at a time.</summary>
internal sealed class RowConverter
{
    private readonly RowContext _context;
    private readonly FieldReader _fields;
    private readonly RowConstants? _constants;
    private readonly ErasedRowCheck _erased;
    private readonly RowRefusal _refusal;
    private readonly AcceptedRows? _accepted;
    private readonly bool[] _planned;
    private readonly int[] _required;
    private readonly int[][] _groups;
    private readonly ulong _requiredBits;
    private readonly ulong[] _groupBits;
    private FilePlan? _plan;
    private PlannedField[] _fieldsToRead = [];
    private PlannedColumn[] _otherColumns = [];

    /// <param name="words">With them accepted rows are packed; without, rows are only checked and counted.</param>
    public RowConverter(FilePlan plan, CustomerKeyDerivation keys, CustomerKeyCaches caches, RowHash hash, ErasedCustomers erased, FrequentWords? words)
    {
        var fields = plan.Dataset.Fields;
        _planned = new bool[fields.Count];
        _context = new RowContext(new RowValues(plan.Dataset, _planned)) { Plan = plan };
        _fields = new FieldReader(_context);
        _constants = plan.Constants.Length == 0 ? null : new RowConstants(_context);
        _erased = new ErasedRowCheck(_context, keys, caches, erased);
        _refusal = new RowRefusal(_context, hash, _erased);
        _accepted = words is null ? null : new AcceptedRows(_context, keys, caches, hash, words);
        _required = [.. Enumerable.Range(0, fields.Count).Where(field => fields[field].Required)];
        _groups = [.. Enumerable.Range(0, fields.Count).Where(field => fields[field].GroupRequired).GroupBy(field => fields[field].Group, StringComparer.Ordinal).Select(group => group.ToArray())];
        _requiredBits = BitsOf(_required);
        _groupBits = [.. _groups.Select(BitsOf)];
    }

    public RowTotals Totals => _context.Totals;

    /// <summary>Converts all records of a batch, in their order.</summary>
    public void Convert(RecordBatch batch, FilePlan plan, BatchResult result)
    {
        _context.Result = result;
        if (!ReferenceEquals(plan, _plan))
            TakeUp(plan);
        for (var record = 0; record < batch.Count; record++)
        {
            if (IsBlank(batch, record))
            {
                _context.Totals.Repairs.Add(DataRules.BlankRowSkipped.Id, -1, batch.Line(record), DataRules.BlankRowSkipped.Title + ".");
                continue;
            }

            _context.Totals.Read++;
            if (batch.Fault(record) is { } fault)
                _refusal.Refuse(batch, record, -1, [], fault.Rule, fault.Message, fault.Cure);
            else if (HasSoundCount(batch, record))
                ConvertRow(batch, record);
        }
    }

    /// <summary>A row of delimiters alone, as spreadsheets write below a table that was longer once.</summary>
    private static bool IsBlank(RecordBatch batch, int record)
    {
        if (batch.FieldCount(record) < 2 || !batch.Field(record, 0).IsEmpty)
            return false;
        var raw = batch.Raw(record);
        return raw.Length == batch.FieldCount(record) - 1 && raw[0] is (byte)',' or (byte)';' or (byte)'\t' or (byte)'|' && raw.IndexOfAnyExcept(raw[0]) < 0 && batch.Fault(record) is null;
    }

    private void TakeUp(FilePlan plan)
    {
        _plan = _context.Plan = plan;
        for (var field = 0; field < _planned.Length; field++)
            _planned[field] = plan.ColumnOfField[field] >= 0;
        _fieldsToRead =
        [
            .. Enumerable.Range(0, _planned.Length)
                .Where(field => _planned[field] || plan.Dataset.Fields[field].Default is not null)
                .Select(field => new PlannedField(plan, field, _context.Totals)),
        ];
        _otherColumns = [.. plan.Columns.Where(column => column.Field < 0)];
    }

    private bool HasSoundCount(RecordBatch batch, int record)
    {
        var columns = _context.Plan.Columns.Length;
        var fields = batch.FieldCount(record);
        if (fields == columns || (fields < columns && _context.Plan.MayHaveFewerFields))
            return true;
        if (fields < columns)
        {
            _refusal.Refuse(batch, record, -1, [], DataRules.TooFewFields.Id, $"The record has {fields} fields; the file has {columns} columns.", DataRules.TooFewFields.Cure);
            return false;
        }

        for (var extra = columns; extra < fields; extra++)
        {
            if (RowContext.Trimmed(batch, record, extra).Length == 0)
                continue;
            _refusal.Refuse(batch, record, -1, RowContext.Trimmed(batch, record, extra), DataRules.TooManyFields.Id, $"The record has {fields} fields; the file has {columns} columns.", DataRules.TooManyFields.Cure);
            return false;
        }

        _context.Totals.Repairs.Add(DataRules.EmptyFieldsCut.Id, -1, batch.Line(record), DataRules.EmptyFieldsCut.Title);
        return true;
    }

    private void ConvertRow(RecordBatch batch, int record)
    {
        if (_erased.IsErased(batch, record))
        {
            _refusal.RefuseErased(batch, record);
            return;
        }

        _context.Totals.Profiled++;
        _context.Line = batch.Line(record);
        _context.Row.Clear();
        _fields.Restart();
        foreach (var field in _fieldsToRead)
        {
            if (field.Column >= 0)
                _fields.ReadField(field, batch.Field(record, field.Column));
            if (field.Default is { } value && !_context.Row.Has(field.Field))
                _fields.UseDefault(field.Field, field.Column, value);
        }

        _constants?.Fill(_fields.NamesCurrency);
        _fields.Finish();
        ProfileAttributes(batch, record);
        if (!HasRequired())
            CheckRequired();
        if (!_context.Row.IsRefused)
            _context.Plan.Dataset.Rules.Check(_context.Row);
        if (_context.Row.IsRefused)
        {
            _refusal.RefuseRow(batch, record);
            return;
        }

        CountAccepted();
        _accepted?.Accept(batch, record);
    }

    private void CountAccepted()
    {
        foreach (var finding in _context.Row.Findings)
        {
            var tally = finding.Rule.Severity == RuleSeverity.Warn ? _context.Totals.Warnings : _context.Totals.Repairs;
            tally.Add(finding.Rule.Id, finding.Field < 0 ? -1 : _context.Plan.ColumnOfField[finding.Field], _context.Line, _context.MessageOf(finding));
        }

        if (_context.Plan.TimestampField is >= 0 and var timestamp && _context.Row.Has(timestamp))
            _context.Totals.AddTime(_context.Row.Ticks(timestamp));
        _fields.CountAccepted();
        _constants?.CountAccepted();
    }

    private void ProfileAttributes(RecordBatch batch, int record)
    {
        foreach (var column in _otherColumns)
        {
            var value = RowContext.Trimmed(batch, record, column.Position);
            if (value.Length == 0)
                continue;
            var statistics = _context.Totals.Column(column.Position).Statistics;
            if (column.Use == ColumnUse.Attribute)
                statistics.AddWatchedValue(value);
            else
                statistics.AddValue(value);
            if (column.Use == ColumnUse.Attribute && !_context.Plan.Readings[column.Position].IsSealed && FieldTexts.IsAddress(value))
                _context.Contradict(column.Position, Contradiction.Address);
        }
    }

    /// <summary>Nothing that must be given is missing: of most rows this is all there is to ask.</summary>
    private bool HasRequired()
    {
        var given = _context.Row.Given;
        var isComplete = (given & _requiredBits) == _requiredBits;
        foreach (var group in _groupBits)
            isComplete &= (given & group) != 0;
        return isComplete;
    }

    private static ulong BitsOf(int[] fields)
    {
        ulong bits = 0;
        foreach (var field in fields)
            bits |= 1UL << field;
        return bits;
    }

    private void CheckRequired()
    {
        foreach (var field in _required)
        {
            if (!_context.Row.Has(field) && !IsFound(field))
                _context.Row.Find(DataRules.Required, field);
        }

        foreach (var group in _groups)
        {
            var given = false;
            foreach (var field in group)
                given |= _context.Row.Has(field) || IsFound(field);
            if (!given)
                _context.Row.Find(DataRules.Required, Array.Find(group, field => _planned[field]));
        }
    }

    private bool IsFound(int field)
    {
        foreach (var finding in _context.Row.Findings)
        {
            if (finding.Field == field)
                return true;
        }

        return false;
    }
}
