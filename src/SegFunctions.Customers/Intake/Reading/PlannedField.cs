using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What one worker must know of a field to read it from its column. Of one plan.</summary>
internal sealed class PlannedField
{
    private readonly ColumnReading _reading;

    public PlannedField(FilePlan plan, int field, RowTotals totals)
    {
        Field = field;
        Column = plan.ColumnOfField[field];
        Declared = plan.Dataset.Fields[field];
        Type = Declared.Type;
        Default = plan.Constants.Any(constant => constant.Field == field) ? null : Declared.Default;
        IsNumber = Type is FieldType.Decimal or FieldType.Integer;
        TakesPlainNumbers = !(Declared.Minimum > -PlainNumber.Limit) && !(Declared.Maximum < PlainNumber.Limit);
        if (Column < 0)
            return;
        // A column that is two fields is counted once.
        if (plan.Columns[Column].Field == field)
            Totals = totals.Column(Column);
        _reading = plan.Readings[Column];
        DecimalSign = _reading.Decimals == DecimalStyle.Comma ? (byte)',' : (byte)'.';
        IsAnyFormat = plan.Mapping.DateFormat is null;
    }

    /// <summary>Position in the dataset.</summary>
    public int Field { get; }

    /// <summary>Position in the file; −1 where the file has no such column.</summary>
    public int Column { get; }

    public DatasetField Declared { get; }

    public FieldType Type { get; }

    public bool IsNumber { get; }

    /// <summary>Every <see cref="PlainNumber"/> lies between the field's bounds.</summary>
    public bool TakesPlainNumbers { get; }

    /// <summary>What is taken where there is no value; null for nothing, and where the mapping knows better.</summary>
    public string? Default { get; }

    public ColumnTotals Totals { get; } = new();

    public ref readonly ColumnReading Reading => ref _reading;

    public byte DecimalSign { get; }

    /// <summary>The mapping names no format of dates.</summary>
    public bool IsAnyFormat { get; }

    /// <summary>Reads its dates where they are plain.</summary>
    public PlainTime Times { get; } = new();
}
