using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Mapping;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Gives rows the values that the mapping has for all of them, where they say nothing themselves. For one thread.</summary>
internal sealed class RowConstants
{
    private readonly RowContext _context;
    private readonly FieldConstant[] _constants;
    private readonly KnownText[] _texts;
    private readonly ulong[] _instead;
    private readonly int _currencyField;
    private ulong _given;

    public RowConstants(RowContext context)
    {
        _context = context;
        _constants = context.Plan.Constants;
        var dataset = context.Plan.Dataset;
        _currencyField = dataset.IndexOf("currency");
        _texts = [.. _constants.Select(constant => new KnownText(constant.Text))];
        _instead = [.. _constants.Select(constant => InsteadOf(dataset, constant.Field))];
    }

    /// <summary>Fills in what the row leaves open, once its fields have been read.</summary>
    /// <param name="namesCurrency">The row's amounts, or the headers above them, name their currency.</param>
    public void Fill(bool namesCurrency)
    {
        _given = 0;
        for (var index = 0; index < _constants.Length; index++)
        {
            var constant = _constants[index];
            if ((_context.Row.Given & _instead[index]) != 0 || (namesCurrency && constant.Field == _currencyField) || IsFound(constant.Field))
                continue;
            if (constant.Number is { } number)
                _context.Row.SetNumber(constant.Field, number, constant.IsShare);
            else
                _context.Row.SetKnown(constant.Field, _texts[index]);
            _given |= 1UL << index;
        }
    }

    /// <summary>The row was accepted.</summary>
    public void CountAccepted()
    {
        for (var index = 0; index < _constants.Length; index++)
        {
            if ((_given >> index & 1) != 0)
                _context.Totals.Constant(index).Add(_context.Line);
        }
    }

    /// <summary>Fields that say the same in other words: a row with an amount needs no price.</summary>
    private static ulong InsteadOf(Dataset dataset, int field)
    {
        var instead = 1UL << field;
        for (var other = 0; other < dataset.Fields.Count; other++)
        {
            if (dataset.Fields[field].Group is { } group && dataset.Fields[other].Group == group)
                instead |= 1UL << other;
        }

        return instead;
    }

    /// <summary>Something stands there that could not be read; no constant hides that.</summary>
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
