package dev.twine.benchmarks

import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.async

/**
 * Suspend functions that do the jobs of the rows.
 *
 * They run as those who want least machinery write it: in no scope that would have to keep account
 * of them, and undispatched or [Dispatchers.Unconfined], so that they begin inside of what starts
 * them and go on inside of what completes what they wait for, as a coroutine of Twine's does.
 */
@OptIn(DelicateCoroutinesApi::class)
class KotlinWaiter {

  /** What it waits for. */
  private var pending = CompletableDeferred<Int>()

  /** Starts one that waits for so many, one after the other; gives the average of what they hold. */
  fun awaitPending(count: Int): Deferred<Int> = start { average(count) }

  /** Fires what it waits for. */
  fun fire(value: Int) {
    pending.complete(value)
  }

  private suspend fun average(count: Int): Int {
    var sum = 0
    repeat(count) { sum += next().await() }
    return sum / count
  }

  private fun next(): CompletableDeferred<Int> {
    val next = CompletableDeferred<Int>()
    pending = next
    return next
  }

  companion object {

    /** Starts one that waits for what has fired, again and again; gives the average. */
    @JvmStatic
    fun awaitFired(fired: Array<Deferred<Int>>, count: Int): Deferred<Int> = start {
      average(fired, count)
    }

    private suspend fun average(fired: Array<Deferred<Int>>, count: Int): Int {
      var sum = 0
      for (i in 0 until count) {
        sum += fired[i and (fired.size - 1)].await()
      }
      return sum / count
    }

    /** Starts one that waits for nothing. */
    @JvmStatic
    fun dontAwait(value: Int): Deferred<Int> = start { itself(value) }

    private suspend fun itself(value: Int): Int = value

    private fun start(body: suspend () -> Int): Deferred<Int> =
      GlobalScope.async(Dispatchers.Unconfined, CoroutineStart.UNDISPATCHED) { body() }

    /** Starts one that waits once, and adds what it gets. */
    @JvmStatic
    fun awaitOne(pending: Deferred<Int>, total: AtomicInteger): Deferred<Int> = start {
      total.addAndGet(pending.await())
    }

    /** Starts one that runs wherever there is a thread for it, and tells what it waits for. */
    @JvmStatic
    fun awaitConcurrently(told: Told, count: Int): Deferred<Unit> =
      GlobalScope.async(Dispatchers.Default) { tell(told, count) }

    private suspend fun tell(told: Told, count: Int) {
      var sum = 0
      repeat(count) {
        val next = CompletableDeferred<Int>()
        told.waitsFor(next)
        sum += next.await()
      }
      told.hasEnded(sum)
    }
  }

  /** Who is told what a coroutine waits for, and the sum of what it got. */
  interface Told {
    fun waitsFor(next: CompletableDeferred<Int>)

    fun hasEnded(sum: Int)
  }
}
