namespace SegFunctions.Customers.Intake.Values;

/// <summary>Collects a column's numbers and judges which separator marks their decimals.</summary>
public sealed class DecimalStyleSample
{
    private ColumnEvidence _point;
    private ColumnEvidence _comma;
    private ColumnEvidence _either;
    private ColumnEvidence _clear;
    private ColumnEvidence _noNumber;

    /// <summary>Adds one value; blank ones say nothing.</summary>
    public void Add(ReadOnlySpan<byte> value)
    {
        value = Blanks.Trim(value);
        if (MissingText.IsMissing(value))
            return;
        var isPoint = NumberText.TryParse(value, DecimalStyle.Point, out var withPoint, out _);
        var isComma = NumberText.TryParse(value, DecimalStyle.Comma, out var withComma, out _);
        if (isPoint && isComma)
        {
            if (withPoint == withComma)
                _clear.Add(value);
            else
                _either.Add(value);
        }
        else if (isPoint)
            _point.Add(value);
        else if (isComma)
            _comma.Add(value);
        else
            _noNumber.Add(value);
    }

    /// <summary>Judges what has been added. Without evidence the answer is the point: it reads the sample right.</summary>
    public Inference<DecimalStyle> Decide()
    {
        var rest = _noNumber.Count > 0 ? $"; {_noNumber} that are no number" : "";
        if (_point.Count > 0 && _comma.Count > 0)
        {
            var most = _point.Count >= _comma.Count ? DecimalStyle.Point : DecimalStyle.Comma;
            return new Inference<DecimalStyle>(Certainty.Impossible, most, $"the column mixes styles: decimal point in {_point}; decimal comma in {_comma}{rest}");
        }

        if (_point.Count > 0)
            return new Inference<DecimalStyle>(Certainty.Decided, DecimalStyle.Point, $"a point separates decimals: {_point}{rest}");
        if (_comma.Count > 0)
            return new Inference<DecimalStyle>(Certainty.Decided, DecimalStyle.Comma, $"a comma separates decimals: {_comma}{rest}");
        if (_either.Count > 0)
            return new Inference<DecimalStyle>(Certainty.Ambiguous, DecimalStyle.Undecided, $"decimals or thousands may follow the separator in {_either}{rest}");
        return _clear.Count > 0 || _noNumber.Count == 0
            ? new Inference<DecimalStyle>(Certainty.NoEvidence, DecimalStyle.Point, _clear.Count > 0 ? $"no number has a separator: {_clear}{rest}" : "the column holds no value")
            : new Inference<DecimalStyle>(Certainty.Impossible, DecimalStyle.Undecided, $"{_noNumber}, none of them a number");
    }
}
