/** Our own point layer: districts, towns and posts at the frontier, to about 5 km, written down by hand for orientation. No border is drawn from it, and none can be. */

export interface MapPoint {
  readonly name: string
  readonly kind: 'district' | 'post'
  /** Degrees north and east, rounded to a twentieth of a degree or better. */
  readonly latitude: number
  readonly longitude: number
  /** Other spellings in records. */
  readonly also?: readonly string[]
}

const districts: readonly (readonly [string, number, number, ...string[]])[] = [
  ['Srinagar', 34.08, 74.8], ['Jammu', 32.73, 74.87], ['Anantnag', 33.73, 75.15, 'Islamabad'], ['Baramulla', 34.2, 74.35, 'Baramula'], ['Kupwara', 34.53, 74.26], ['Pulwama', 33.87, 74.9], ['Budgam', 34.02, 74.72, 'Badgam'],
  ['Bandipora', 34.42, 74.65, 'Bandipore'], ['Ganderbal', 34.23, 74.78], ['Kulgam', 33.64, 75.02], ['Shopian', 33.72, 74.83, 'Shupiyan'], ['Doda', 33.15, 75.55], ['Kishtwar', 33.31, 75.77], ['Ramban', 33.24, 75.24], ['Reasi', 33.08, 74.83],
  ['Udhampur', 32.92, 75.14], ['Kathua', 32.37, 75.52], ['Samba', 32.56, 75.12], ['Rajouri', 33.38, 74.31], ['Poonch', 33.77, 74.09, 'Punch'], ['Leh', 34.16, 77.58], ['Kargil', 34.56, 76.13],
  ['Pathankot', 32.27, 75.65], ['Gurdaspur', 32.04, 75.4], ['Amritsar', 31.63, 74.87], ['Jalandhar', 31.33, 75.58, 'Jullundur'], ['Ludhiana', 30.9, 75.86], ['Firozpur', 30.93, 74.61, 'Ferozepur'], ['Hoshiarpur', 31.53, 75.91],
  ['Ambala', 30.38, 76.78], ['Chandigarh', 30.73, 76.78], ['Karnal', 29.69, 76.99], ['Panipat', 29.39, 76.97], ['Delhi', 28.65, 77.21, 'New Delhi'], ['Shimla', 31.1, 77.17], ['Chamba', 32.55, 76.13], ['Kangra', 32.1, 76.27], ['Dehradun', 30.32, 78.03],
  ['Agra', 27.18, 78.02], ['Lucknow', 26.85, 80.95], ['Gorakhpur', 26.76, 83.37], ['Maharajganj', 27.13, 83.56], ['East Champaran', 26.65, 84.92, 'Motihari'], ['Patna', 25.61, 85.14], ['Darbhanga', 26.15, 85.9], ['Kishanganj', 26.1, 87.95],
  ['Siliguri', 26.73, 88.4], ['Cooch Behar', 26.32, 89.45], ['Kolkata', 22.57, 88.36], ['Guwahati', 26.14, 91.74], ['Agartala', 23.83, 91.28], ['Jaipur', 26.91, 75.79], ['Mumbai', 19.08, 72.88], ['Hyderabad', 17.39, 78.49], ['Bengaluru', 12.97, 77.59, 'Bangalore'], ['Chennai', 13.08, 80.27],
]

const posts: readonly (readonly [string, number, number, ...string[]])[] = [
  ['Lakhanpur', 32.4, 75.6], ['Banihal', 33.45, 75.2], ['Attari', 31.6, 74.6, 'Wagah'], ['Banbasa', 28.98, 80.08], ['Rupaidiha', 28.02, 81.6], ['Sonauli', 27.47, 83.47, 'Sunauli'], ['Raxaul', 26.98, 84.85], ['Jogbani', 26.4, 87.27],
  ['Panitanki', 26.64, 88.19], ['Jaigaon', 26.85, 89.38], ['Petrapole', 23.03, 88.88], ['Dawki', 25.18, 92.02], ['Moreh', 24.25, 94.3],
]

export const POINTS: readonly MapPoint[] = [['district', districts] as const, ['post', posts] as const].flatMap(([kind, list]) => list.map(([name, latitude, longitude, ...also]): MapPoint => ({ name, kind, latitude, longitude, also })))

const BY_NAME = new Map(POINTS.flatMap((point) => [point.name, ...(point.also ?? [])].map((name): [string, MapPoint] => [name.toLowerCase(), point])))

/** The point that one of the words names, whole or as the part between commas; null where none does. */
export function pointNamed(words: readonly string[]): MapPoint | null {
  for (const word of words) {
    for (const part of [word, ...word.split(/[,;]/)]) {
      const found = BY_NAME.get(part.replaceAll(/\b\d{6}\b/g, '').trim().toLowerCase())
      if (found !== undefined) return found
    }
  }
  return null
}
