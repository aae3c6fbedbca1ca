using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Drift;

/// <summary>One column over the earlier uploads that have it.</summary>
internal sealed class ColumnHistory
{
    private readonly List<ColumnReport> _columns = [];
    private readonly List<long> _records = [];

    /// <summary>The uploads' reports of the column, in their order.</summary>
    public IReadOnlyList<ColumnReport> Columns => _columns;

    /// <summary>Share of records without a value over all uploads.</summary>
    public double Missing => _records.Sum() is var all and > 0 ? _columns.Select((column, upload) => column.Missing * _records[upload]).Sum() / all : 0;

    /// <summary>Records over all uploads.</summary>
    public long Records => _records.Sum();

    /// <summary>Bins of numbers over all uploads; empty without numbers.</summary>
    public SortedDictionary<long, double> Numbers => Sum(_columns.Select(BinsOf));

    /// <summary>Words over all uploads; null when an upload had too many to count.</summary>
    public Dictionary<string, double>? Words
    {
        get
        {
            var words = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var column in _columns)
            {
                if (column.Categories is null && column.Completeness > 0)
                    return null;
                foreach (var word in column.Categories ?? [])
                    words[word.Value] = words.GetValueOrDefault(word.Value) + word.Count;
            }

            return words;
        }
    }

    /// <summary>By <see cref="NameOf"/>.</summary>
    public static Dictionary<string, ColumnHistory> Of(IEnumerable<QualityReport> uploads)
    {
        var histories = new Dictionary<string, ColumnHistory>(StringComparer.Ordinal);
        foreach (var upload in uploads)
        {
            foreach (var column in upload.Columns)
            {
                if (!histories.TryGetValue(NameOf(column), out var history))
                    histories[NameOf(column)] = history = new ColumnHistory();
                history._columns.Add(column);
                history._records.Add(upload.Rows.Read);
            }
        }

        return histories;
    }

    /// <summary>A column is the same when it is read into the same field, or else when its header is spelled alike.</summary>
    public static string NameOf(ColumnReport column) => column.Field ?? "\n" + TextFolding.Key(column.Header);

    public static SortedDictionary<long, double> BinsOf(ColumnReport column)
    {
        var bins = new SortedDictionary<long, double>();
        foreach (var bin in column.Numbers?.Bins ?? [])
            bins[bin[0]] = bin[1];
        return bins;
    }

    public static SortedDictionary<long, double> Sum(IEnumerable<SortedDictionary<long, double>> all)
    {
        var sum = new SortedDictionary<long, double>();
        foreach (var (bin, count) in all.SelectMany(bins => bins))
            sum[bin] = sum.GetValueOrDefault(bin) + count;
        return sum;
    }
}
