namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Working memory that chunks borrow and give back: as many as run at once are made, none in a loop.</summary>
internal sealed class Scratch<T>(Func<T> make)
    where T : class
{
    private readonly Stack<T> _free = new();

    public T Borrow()
    {
        lock (_free)
        {
            if (_free.TryPop(out var free))
                return free;
        }

        return make();
    }

    public void Return(T borrowed)
    {
        lock (_free)
            _free.Push(borrowed);
    }
}
